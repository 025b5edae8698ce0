# Every modification index that lavaan lists, at optima polished by Newton steps.
# Run: npm run golden semModificationIndices   (data are ../sem/data)
suppressMessages({library(lavaan); library(jsonlite)})
source("../sem/polish.R")
read <- function(name) read.csv(paste0("../sem/data/", name, ".csv"))
three <- "visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\nspeed =~ x7 + x8 + x9"
cases <- list()
indices <- function(syntax, data, fun, options) {
  fit <- polish(suppressWarnings(do.call(fun, c(list(syntax, read(data)), options))))$fit
  m <- suppressWarnings(modindices(fit))
  m[is.finite(m$mi) & m$mi > 1e-5, ]
}
record <- function(id, syntax, data = "hs", fun = "sem", ..., random.x = "") {
  message(id)
  options <- list(...)
  m <- indices(syntax, data, fun, options)
  fit <- suppressWarnings(do.call(fun, c(list(syntax, read(data)), options)))
  x <- lavNames(fit, "ov.x")
  # Regressions of fixed exogenous variables: lavaan frees one of their variances and not the others, so that the index changes
  # with the order of the variables. Expected are those of the model in which the exogenous variables are random.
  outcome <- m$op == "~" & m$lhs %in% x
  if (any(outcome) && lavInspect(fit, "options")$fixed.x) {
    random <- indices(paste0(syntax, random.x), data, fun, c(options[names(options) != "fixed.x"], list(fixed.x = FALSE)))
    m <- rbind(m[!outcome, ], random[random$op == "~" & random$lhs %in% x, names(m)])
  }
  cases[[length(cases) + 1]] <<- list(id = id, syntax = syntax, data = data, fun = fun, options = if (length(options)) options else setNames(list(), character(0)), rows = list(lhs = m$lhs, op = m$op, rhs = m$rhs, group = if (is.null(m$group)) rep(1L, nrow(m)) else m$group, mi = m$mi, epc = m$epc, lv = m$sepc.lv, all = m$sepc.all, nox = m$sepc.nox))
}
record("path", "x3 ~ x1 + x2\nx7 ~ x3 + x1\nx9 ~ x7")
record("path with means", "x3 ~ x1 + x2\nx7 ~ x3 + x1\nx9 ~ x7", meanstructure = TRUE)
record("path, random covariates", "x4 ~ x1 + x2 + x3\nx5 ~ x4 + x1", fixed.x = FALSE)
record("path of three predictors", "x4 ~ x1 + x2 + x3\nx5 ~ x4 + x1\nx6 ~ x5")
record("two outcomes", "x4 + x5 ~ x1 + x2\nx9 ~ x4 + x5 + x1")
record("covariates of factors", paste0(three, "\nvisual ~ ageyr\nspeed ~ visual + sex"))
record("covariates of factors, unit variances", paste0(three, "\nvisual ~ ageyr\nspeed ~ visual + sex"), std.lv = TRUE)
record("MIMIC", paste0(three, "\nvisual + textual + speed ~ ageyr + sex"), estimator = "MLR")
record("higher order with a covariate", paste0(three, "\ng =~ visual + textual + speed\nvisual ~ sex"))
record("structural", paste0(three, "\nspeed ~ visual\ntextual ~ visual"))
record("political", "ind60 =~ x1 + x2 + x3\ndem60 =~ y1 + y2 + y3 + y4\ndem65 =~ y5 + y6 + y7 + y8\ndem60 ~ ind60\ndem65 ~ ind60 + dem60", "political")
record("growth with covariates", "i =~ 1*t1 + 1*t2 + 1*t3 + 1*t4\ns =~ 0*t1 + 1*t2 + 2*t3 + 3*t4\ni ~ x1\ns ~ x1 + x2", "growth", "growth", random.x = "\nx1 + x2 ~ 1\nx1 ~~ x2")
record("path in groups", "x3 ~ x1 + x2\nx7 ~ x3 + x1\nx9 ~ x7", group = "school")
record("path in groups, equal slopes", "x3 ~ a*x1 + b*x2\nx7 ~ c*x3 + d*x1", group = "school")
record("factors in groups, equal loadings", three, fun = "cfa", group = "school", group.equal = "loadings")
record("scalar invariance", three, fun = "cfa", group = "school", group.equal = c("loadings", "intercepts"))
record("wishart path", "x3 ~ x1 + x2\nx7 ~ x3 + x1\nx9 ~ x7", likelihood = "wishart")
record("least squares path", "x3 ~ x1 + x2\nx7 ~ x3 + x1\nx9 ~ x7", estimator = "GLS")
write(toJSON(list(versions = list(R = R.version.string, lavaan = as.character(packageVersion("lavaan"))), cases = cases), auto_unbox = TRUE, digits = I(15), na = "null"), "expected.json")
