import rulecal
