# Every sheet of the workbooks of the R packages on this machine, read by readxl as plain text of each cell (and as the
# types that it guesses); compareSheets.mjs then reads them with us. They are under other licences, so they are not kept.
# Run: LC_ALL=C.UTF-8 Rscript compareSheets.R OUT.json && node compareSheets.mjs OUT.json
files <- unlist(lapply(c(.libPaths(), R.home("library")), list.files, pattern = "\\.(xlsx|xls)$", recursive = TRUE, full.names = TRUE))
one <- function(v) lapply(v, function(x) if (length(x) == 0 || is.na(x)) NULL else if (inherits(x, "POSIXct")) list(t = "d", v = as.numeric(x) * 1000) else if (is.numeric(x)) list(t = "n", v = x) else if (is.logical(x)) list(t = "b", v = x) else list(t = "s", v = as.character(x)))
answers <- list()
for (file in unique(normalizePath(files))) for (sheet in tryCatch(readxl::excel_sheets(file), error = function(e) character())) {
  d <- tryCatch(suppressMessages(suppressWarnings(readxl::read_excel(file, sheet = sheet, col_names = FALSE, col_types = "list", .name_repair = "minimal", trim_ws = FALSE))), error = function(e) NULL)
  if (is.null(d)) next
  answers[[length(answers) + 1]] <- list(path = file, sheet = sheet, columns = unname(lapply(d, one)))
}
jsonlite::write_json(answers, commandArgs(TRUE)[1], auto_unbox = TRUE, null = "null", digits = I(17))
