# Reads the files of ../../../fixtures/survey/written with haven, and lets PSPP rewrite them first, so that both programs
# are witnesses of what they hold. Run: LC_ALL=C.UTF-8 Rscript make.R (beside this file; after write.mjs)
library(haven)
folder <- normalizePath("../../../fixtures/survey/written")
texts <- function(x) { x <- enc2utf8(as.character(x)); ifelse(x == "", NA, x) }
number <- function(x) { x <- as.numeric(unclass(x)); ifelse(is.na(x), NA, sprintf("%.17g", x)) }
column <- function(x) {
  moment <- if (inherits(x, "Date")) "date" else if (inherits(x, "POSIXct")) "datetime" else if (inherits(x, "hms")) "time"
  values <- if (is.character(x)) texts(x) else if (is.null(moment)) number(x) else if (moment == "date") number(86400000 * as.numeric(x)) else number(1000 * as.numeric(x))
  labels <- attr(x, "labels", exact = TRUE)
  of <- function(v) if (is.null(v)) character() else if (is.character(v)) unname(v) else unname(number(v))
  list(type = if (is.character(x)) "string" else "numeric", temporal = moment, label = attr(x, "label", exact = TRUE), values = I(unname(values)),
       labelValues = I(of(labels)), labelTexts = I(if (is.null(labels)) character() else names(labels)), missingValues = I(of(attr(x, "na_values"))), missingRange = I(of(attr(x, "na_range"))))
}
read <- function(file, by) { d <- read_sav(file, user_na = TRUE); list(file = basename(file), by = by, rows = nrow(d), names = I(names(d)), columns = unname(lapply(d, column))) }
rewritten <- function(file) {
  sps <- tempfile(fileext = ".sps"); out <- tempfile(fileext = ".sav")
  writeLines(c(sprintf('GET FILE="%s".', file), sprintf('SAVE OUTFILE="%s".', out)), sps)
  stopifnot(system2("pspp", c("-O", "format=txt", "-o", "/dev/null", shQuote(sps))) == 0)
  file.rename(out, renamed <- file.path(dirname(out), basename(file)))
  renamed
}
files <- file.path(folder, c("byte.sav", "plain.sav"))
answers <- c(lapply(files, read, by = "haven"), lapply(files, function(f) read(rewritten(f), by = "pspp")))
jsonlite::write_json(list(made = c(R.version.string, paste("haven", packageVersion("haven")), system2("pspp", "--version", stdout = TRUE)[1]), files = answers), "expected.json", auto_unbox = TRUE, na = "null", null = "null", digits = NA)
