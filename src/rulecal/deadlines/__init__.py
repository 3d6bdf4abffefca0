"""From a norm and facts to a date."""
