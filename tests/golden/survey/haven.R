# What haven reads in a file, as lists ready for JSON: sourced by the make.R scripts of this folder.
library(haven)
texts <- function(x) { x <- enc2utf8(as.character(x)); ifelse(x == "", NA, x) }
number <- function(x) { x <- as.numeric(unclass(x)); ifelse(is.na(x), NA, sprintf("%.17g", x)) }
column <- function(x) {
  moment <- if (inherits(x, "Date")) "date" else if (inherits(x, "POSIXct")) "datetime" else if (inherits(x, "hms")) "time"
  values <- if (is.character(x)) texts(x) else if (is.null(moment)) number(x) else if (moment == "date") number(86400000 * as.numeric(x)) else number(1000 * as.numeric(x))
  labels <- attr(x, "labels", exact = TRUE)
  of <- function(v) if (is.null(v)) character() else if (is.character(v)) unname(v) else unname(number(v))
  tags <- if (is.double(x) && is.null(moment)) na_tag(x) else NULL
  list(type = if (is.character(x)) "string" else "numeric", temporal = moment, label = attr(x, "label", exact = TRUE), values = I(unname(values)),
       tags = if (any(!is.na(tags))) I(tags), labelValues = I(of(labels)), labelTags = if (is.double(labels) && any(!is.na(na_tag(labels)))) I(na_tag(labels)),
       labelTexts = I(if (is.null(labels)) character() else names(labels)),
       missingValues = I(of(attr(x, "na_values"))), missingRange = I(of(attr(x, "na_range"))))
}
answer <- function(file, ...) {
  d <- if (grepl("dta$", file)) read_dta(file) else read_sav(file, user_na = TRUE)
  list(file = basename(file), ..., rows = nrow(d), names = I(names(d)), columns = unname(lapply(d, column)))
}
save_answers <- function(answers, to) {
  made <- c(R.version.string, paste("haven", packageVersion("haven")), system2("pspp", "--version", stdout = TRUE)[1])
  jsonlite::write_json(list(made = made, files = answers), to, auto_unbox = TRUE, na = "null", null = "null", digits = NA)
}
