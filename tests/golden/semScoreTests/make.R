# Score tests (lavTestScore) and modification indices with their standardized expected changes.
# Run: npm run golden semScoreTests   (data are ../sem/data)
suppressMessages({library(lavaan); library(jsonlite)})
source("../sem/polish.R")
read <- function(name) read.csv(paste0("../sem/data/", name, ".csv"))
number <- function(v) { v <- as.numeric(v); ifelse(is.finite(v), v, NA) }
three <- "visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\nspeed =~ x7 + x8 + x9"
fit <- function(syntax, data, fun, options) polish(suppressWarnings(do.call(fun, c(list(syntax, read(data)), options))))$fit
scores <- list()
score <- function(id, syntax, data, fun = "cfa", add = NULL, ...) {
  message(id)
  f <- fit(syntax, data, fun, list(...))
  t <- suppressWarnings(lavTestScore(f, add = add, epc = TRUE, cumulative = is.null(add), warn = FALSE))
  e <- t$epc; e <- e[!is.na(e$epc) & e$op %in% c("=~", "~", "~~", "~1", "|"), ]
  scores[[length(scores) + 1]] <<- list(id = id, syntax = syntax, data = data, fun = fun, options = list(...), add = add, total = list(statistic = t$test$X2, df = t$test$df, p = t$test$p.value),
    univariate = number(t$uni$X2), epc1 = if (is.null(t$uni$epc)) NULL else number(t$uni$epc), cumulative = if (is.null(t$cumulative)) NULL else number(t$cumulative$X2),
    epc = data.frame(lhs = e$lhs, op = e$op, rhs = e$rhs, group = if (is.null(e$group)) rep(1, nrow(e)) else e$group, epc = number(e$epc), epv = number(e$epv)))
}
score("labels and a constraint", "visual =~ x1 + a*x2 + a*x3\ntextual =~ x4 + b*x5 + c*x6\nspeed =~ x7 + x8 + x9\nb == c", "hs")
score("scalar", three, "hs", group = "school", group.equal = c("loadings", "intercepts"))
score("metric MLR", three, "hs", group = "school", group.equal = "loadings", estimator = "MLR")
score("added", three, "hs", add = "visual =~ x9\nx7 ~~ x8")
score("added regression", paste0(three, "\nspeed ~ visual"), "hs", "sem", add = "speed ~ textual")
score("incomplete", "visual =~ x1 + a*x2 + a*x3\ntextual =~ x4 + b*x5 + b*x6", "hsmissing", missing = "ml", em.h1.tol = 1e-12, em.h1.iter.max = 20000, information = "expected")
score("GLS", "visual =~ x1 + a*x2 + a*x3\ntextual =~ x4 + b*x5 + b*x6", "hs", estimator = "GLS")
indices <- list()
mi <- function(id, syntax, data, fun = "cfa", ...) {
  message(id)
  m <- suppressWarnings(modindices(fit(syntax, data, fun, list(...))))
  m <- m[is.finite(m$mi) & m$mi > .05, ]; m <- head(m[order(-m$mi), ], 30)
  indices[[length(indices) + 1]] <<- list(id = id, syntax = syntax, data = data, fun = fun, options = list(...), rows = data.frame(lhs = m$lhs, op = m$op, rhs = m$rhs, group = if (is.null(m$group)) rep(1, nrow(m)) else m$group, mi = number(m$mi), scaled = if (is.null(m$mi.scaled)) rep(NA, nrow(m)) else number(m$mi.scaled), epc = number(m$epc), lv = number(m$sepc.lv), all = number(m$sepc.all), nox = number(m$sepc.nox)))
}
mi("cfa", three, "hs")
mi("covariates", paste0(three, "\nvisual ~ ageyr + sex\nspeed ~ visual"), "hs", "sem")
mi("equal labels", "visual =~ x1 + a*x2 + a*x3\ntextual =~ x4 + x5 + x6\na == 0.7", "hs")
mi("groups equal", three, "hs", group = "school", group.equal = c("loadings", "intercepts"))
mi("MLR", "f =~ y1 + y2 + y3 + y4\ng =~ y5 + y6 + y7\ng ~ f", "skewed", "sem", estimator = "MLR")
mi("MLM groups", three, "hs", estimator = "MLM", group = "school", group.equal = "loadings")
mi("GLS", three, "hs", estimator = "GLS")
mi("wishart", three, "hs", likelihood = "wishart")
mi("growth", "i =~ 1*t1 + 1*t2 + 1*t3 + 1*t4\ns =~ 0*t1 + 1*t2 + 2*t3 + 3*t4", "growth", "growth")
two <- "f =~ u1 + u2 + u3 + u4\ng =~ u5 + u6 + u7 + u8"
mi("WLSMV", two, "ordinal", ordered = paste0("u", 1:8))
mi("WLSMV theta", two, "ordinal", ordered = paste0("u", 1:8), parameterization = "theta")
mi("WLSMV groups", two, "ordinal", ordered = paste0("u", 1:8), group = "site", group.equal = c("loadings", "thresholds"))
mi("WLSMV covariate", paste0(two, "\nf ~ x1\ng ~ f"), "ordinal", "sem", ordered = paste0("u", 1:8))
write(toJSON(list(versions = list(R = R.version.string, lavaan = as.character(packageVersion("lavaan"))), scores = scores, indices = indices), auto_unbox = TRUE, digits = I(12), na = "null"), "expected.json")
