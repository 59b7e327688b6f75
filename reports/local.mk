# Sources and private headers of the outputs.
reports_sources =
