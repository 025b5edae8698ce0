# What lavaan's lavInspect and vcov say of a fit, and of a model that is not estimated (do.fit = FALSE).
# Run: npm run golden semInspect   (data are ../sem/data)
suppressMessages({library(lavaan); library(jsonlite)})
source("../sem/polish.R")
read <- function(name) read.csv(paste0("../sem/data/", name, ".csv"))
two <- "f =~ x1 + x2 + x3\ng =~ x4 + x5 + x6\ng ~ f"
square <- function(M) { M <- unclass(M); list(names = rownames(M), values = unname(matrix(as.numeric(M), nrow(M)))) }
groups <- function(x, fit) if (lavInspect(fit, "ngroups") == 1) list(x) else unname(x)
cases <- list()
record <- function(id, syntax, data = "hs", fun = "sem", ...) {
  message(id)
  options <- list(...)
  fit <- polish(suppressWarnings(do.call(fun, c(list(syntax, read(data)), options))))$fit
  moments <- function(x) lapply(groups(x, fit), function(g) list(names = rownames(g$cov), cov = unname(unclass(g$cov)), mean = if (is.null(g$mean)) NULL else as.numeric(g$mean)))
  cases[[length(cases) + 1]] <<- list(id = id, syntax = syntax, data = data, fun = fun, options = if (length(options)) options else setNames(list(), character(0)),
    vcov = square(vcov(fit)), information = square(lavInspect(fit, "information")),
    sampstat = moments(lavInspect(fit, "sampstat")), implied = moments(fitted(fit)))
}
record("structural", two)
record("means", two, meanstructure = TRUE)
record("unit variances", two, std.lv = TRUE)
record("labels", "f =~ x1 + a*x2 + a*x3\ng =~ x4 + b*x5 + x6\ng ~ c*f")
record("MLR", two, estimator = "MLR")
record("covariates", paste0(two, "\nf ~ ageyr + sex"))
record("groups", two, group = "school")
record("groups, equal loadings", two, group = "school", group.equal = "loadings")
record("least squares", two, estimator = "GLS")
record("incomplete", "f =~ x1 + x2 + x3\ng =~ x4 + x5 + x6\ng ~ f", "hsmissing", missing = "ml")
record("growth", "i =~ 1*t1 + 1*t2 + 1*t3 + 1*t4\ns =~ 0*t1 + 1*t2 + 2*t3 + 3*t4", "growth", "growth")
record("path", "x3 ~ x1 + x2\nx7 ~ x3 + x1\nx9 ~ x7")
# Not estimated: every free parameter has a starting value of its own, as other defaults differ.
started <- list()
unfitted <- function(id, syntax, data = "hs", fun = "sem", ...) {
  message(id)
  options <- list(...)
  fit <- suppressWarnings(do.call(fun, c(list(syntax, read(data)), options, list(do.fit = FALSE))))
  pe <- parameterEstimates(fit)
  moments <- function(x) lapply(groups(x, fit), function(g) list(names = rownames(g$cov), cov = unname(unclass(g$cov)), mean = if (is.null(g$mean)) NULL else as.numeric(g$mean)))
  started[[length(started) + 1]] <<- list(id = id, syntax = syntax, data = data, fun = fun, options = if (length(options)) options else setNames(list(), character(0)),
    implied = moments(fitted(fit)), names = names(coef(fit)), gradient = as.numeric(lavInspect(fit, "gradient")),
    est = list(lhs = pe$lhs, op = pe$op, rhs = pe$rhs, group = if (is.null(pe$group)) rep(1L, nrow(pe)) else pe$group, est = pe$est))
}
own <- "f =~ x1 + start(0.6)*x2 + start(0.8)*x3\ng =~ x4 + start(1.1)*x5 + start(0.9)*x6\ng ~ start(0.4)*f\nf ~~ start(0.7)*f\ng ~~ start(0.8)*g\nx1 ~~ start(0.6)*x1\nx2 ~~ start(1.1)*x2\nx3 ~~ start(0.9)*x3\nx4 ~~ start(0.4)*x4\nx5 ~~ start(0.5)*x5\nx6 ~~ start(0.3)*x6"
unfitted("own starts", own)
unfitted("own starts, ULS", own, estimator = "ULS")
unfitted("own starts with means", paste0(own, "\nx1 ~ start(5)*1\nx2 ~ start(6)*1\nx3 ~ start(2)*1\nx4 ~ start(3)*1\nx5 ~ start(4)*1\nx6 ~ start(2)*1"))
unfitted("own starts in groups", paste0(own, "\nx1 ~ start(c(5, 4.8))*1\nx2 ~ start(6)*1\nx3 ~ start(2)*1\nx4 ~ start(c(3, 3.2))*1\nx5 ~ start(4)*1\nx6 ~ start(2)*1"), group = "school")
unfitted("own starts, incomplete", paste0(own, "\nx1 ~ start(5)*1\nx2 ~ start(6)*1\nx3 ~ start(2)*1\nx4 ~ start(3)*1\nx5 ~ start(4)*1\nx6 ~ start(2)*1"), "hsmissing", missing = "ml")
write(toJSON(list(versions = list(R = R.version.string, lavaan = as.character(packageVersion("lavaan"))), cases = cases, started = started), auto_unbox = TRUE, digits = I(15), na = "null"), "expected.json")
