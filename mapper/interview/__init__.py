"""The interview: typed answers, the route through a survey, and what is wrong. One definition, one response."""
