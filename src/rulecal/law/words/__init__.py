"""A limit out of the words of a notice (…日内, 不少于…, …底前): figures first, then the words beside them."""
