# Makes workbooks with openxlsx, turns them into .xls and .ods with LibreOffice, and writes down what readxl reads
# (LibreOffice's .ods has the same cells). Also reads the workbook that ../written/write.mjs wrote.
# Run: LC_ALL=C.UTF-8 Rscript make.R (beside this file; needs openxlsx, readxl, jsonlite, libreoffice)
library(openxlsx)
out <- normalizePath("../../../fixtures/survey/excel")
set.seed(6)
n <- 12
d <- data.frame(
  id = seq_len(n), score = c(round(rnorm(n - 2), 6), NA, 1e-10), word = c("满意", "=1+1", "a, \"b\"", NA, rep("x", n - 4)),
  numbers_as_text = c(as.character(seq_len(n - 1)), NA),
  day = as.Date("1901-02-27") + c(0:3, 45000 + 1:(n - 4)), moment = as.POSIXct("2024-06-24 13:45:10", tz = "UTC") + 3600 * seq_len(n), flag = rep(c(TRUE, FALSE, NA), 4), stringsAsFactors = FALSE)
book <- createWorkbook()
addWorksheet(book, "empty")
addWorksheet(book, "答卷")
writeData(book, "答卷", d, keepNA = FALSE)
saveWorkbook(book, file.path(out, "openxlsx.xlsx"), overwrite = TRUE)
old <- setwd(out)
profile <- paste0("-env:UserInstallation=file://", tempfile())
for (to in c("xls", "ods")) system2("env", c("-u", "LD_LIBRARY_PATH", "/usr/bin/soffice", profile, "--headless", "--convert-to", to, "--outdir", ".", "openxlsx.xlsx"), stdout = FALSE, stderr = FALSE)
for (to in c("xls", "ods")) file.rename(paste0("openxlsx.", to), paste0("libreoffice.", to))
setwd(old)
cells <- function(path, sheet) {
  d <- readxl::read_excel(path, sheet = sheet, .name_repair = "minimal", guess_max = 1e5)
  one <- function(x) if (inherits(x, "POSIXct")) sprintf("%.17g", 1000 * as.numeric(x)) else if (is.numeric(x) || is.logical(x)) ifelse(is.na(x), NA, sprintf("%.17g", as.numeric(x))) else as.character(x)
  list(names = I(names(d)), columns = unname(lapply(d, function(x) I(sub("^NA$", NA, one(x))))))
}
answers <- list(openxlsx.xlsx = cells(file.path(out, "openxlsx.xlsx"), "答卷"), libreoffice.xls = cells(file.path(out, "libreoffice.xls"), "答卷"), written.xlsx = cells("../../../fixtures/survey/written/written.xlsx", "data"))
jsonlite::write_json(c(list(made = c(R.version.string, paste("openxlsx", packageVersion("openxlsx")), paste("readxl", packageVersion("readxl")))), answers), "expected.json", auto_unbox = TRUE, na = "null", digits = NA)
