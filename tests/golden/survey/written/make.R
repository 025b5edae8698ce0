# Reads the files of ../../../fixtures/survey/written with haven, and lets PSPP rewrite them first, so that both programs
# are witnesses of what they hold. Run: LC_ALL=C.UTF-8 Rscript make.R (beside this file; after write.mjs)
source("../haven.R")
folder <- normalizePath("../../../fixtures/survey/written")
rewritten <- function(file) {
  sps <- tempfile(fileext = ".sps"); out <- tempfile(fileext = ".sav")
  writeLines(c(sprintf('GET FILE="%s".', file), sprintf('SAVE OUTFILE="%s".', out)), sps)
  stopifnot(system2("pspp", c("-O", "format=txt", "-o", "/dev/null", shQuote(sps))) == 0)
  file.rename(out, renamed <- file.path(dirname(out), basename(file)))
  renamed
}
files <- file.path(folder, c("byte.sav", "plain.sav"))
save_answers(c(lapply(files, answer, by = "haven"), lapply(files, function(f) answer(rewritten(f), by = "pspp"))), "expected.json")
