# Models as they were typed and as they are exported for lavaan, both fitted by lavaan.
# Run: LC_ALL=C.UTF-8 Rscript make.R   (in this folder; exported.json is written by write.mjs, data are ../sem/data)
suppressMessages({library(lavaan); library(jsonlite)})
u <- unbox
models <- fromJSON("models.json", simplifyDataFrame = FALSE)
exported <- fromJSON("exported.json", simplifyDataFrame = FALSE)
out <- Map(function(model, text) {
  stopifnot(model$id == text$id)
  frame <- read.csv(paste0("../sem/data/", model$data, ".csv"), check.names = FALSE, encoding = "UTF-8")
  # rotations start at random
  fit <- function(syntax) { set.seed(1); suppressWarnings(do.call(if (is.null(model$fun)) "sem" else model$fun, c(list(syntax, frame), model$options))) }
  typed <- fit(model$syntax); own <- fit(text$lavaan)
  table <- function(f) { p <- parameterTable(f); p[, c("lhs", "op", "rhs", "group", "free", "est", "se")]; p$rhs[p$op == ":="] <- ""; p }
  a <- table(typed); b <- table(own)
  list(id = u(model$id), chisq = u(unname(fitMeasures(typed, "chisq"))), df = u(unname(fitMeasures(typed, "df"))), sameRows = u(identical(paste(a$lhs, a$op, a$rhs, a$group, a$free), paste(b$lhs, b$op, b$rhs, b$group, b$free))), largestDifference = u(max(abs(c(a$est - b$est, a$se - b$se)))))
}, models, exported)
write(toJSON(list(lavaan = u(as.character(packageVersion("lavaan"))), models = out), digits = I(12), pretty = TRUE), "lavaan.json")
