# Shared by the scripts of this folder: the data and the writer of expected/<name>.json.
options(digits = 17, warn = 1)
d <- read.csv("data.csv")
write_golden <- function(name, value) {
  versions <- list(R = R.version.string)
  for (p in c("psych", "car", "GPArotation", "lavaan", "polycor")) versions[[p]] <- as.character(packageVersion(p))
  dir.create("expected", showWarnings = FALSE)
  writeLines(jsonlite::toJSON(list(versions = versions, value = value), digits = I(17), auto_unbox = TRUE, pretty = TRUE, na = "null"), file.path("expected", paste0(name, ".json")))
}
