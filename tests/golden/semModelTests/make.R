# Every test of a model that lavaan can put beside the standard one, at optima polished by Newton steps.
# Run: npm run golden semModelTests   (data are ../sem/data)
suppressMessages({library(lavaan); library(jsonlite)})
source("../sem/polish.R")
read <- function(name) read.csv(paste0("../sem/data/", name, ".csv"))
three <- "visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\nspeed =~ x7 + x8 + x9"
residual <- c("browne.residual.adf", "browne.residual.nt", "browne.residual.adf.model", "browne.residual.nt.model")
scaled <- c("satorra.bentler", "mean.var.adjusted", "scaled.shifted")
cases <- list()
record <- function(id, syntax, data, tests = NULL, ...) {
  # lavaan puts the sample's Γ in the place of the model's once a scaled test has stored it: residual tests are asked for alone
  for (t in if (is.null(tests)) list(c("standard", residual), c("standard", scaled)) else list(tests)) one(paste0(id, ": ", t[2], " …"), syntax, data, t, ...)
}
one <- function(id, syntax, data, tests, fun = "sem", ...) {
  message(id)
  options <- list(test = tests, ...)
  fit <- polish(suppressWarnings(do.call(fun, c(list(syntax, read(data)), options))))$fit
  found <- lapply(unname(lavInspect(fit, "test")), function(t) list(test = t$test, statistic = as.numeric(t$stat), df = as.numeric(t$df), p = if (length(t$pvalue)) as.numeric(t$pvalue) else NA, scaling = if (is.null(t$scaling.factor)) NA else as.numeric(t$scaling.factor)[1], shift = if (is.null(t$shift.parameter)) NA else sum(as.numeric(t$shift.parameter))))
  fm <- fitMeasures(fit)
  if (!is.null(options$ordered)) fm <- fm[names(fm) != "cfi.robust"]
  cases[[length(cases) + 1]] <<- list(id = id, syntax = syntax, data = data, fun = fun, options = options, tests = found, measures = as.list(fm[names(fm) %in% c("chisq", "df", "chisq.scaled", "df.scaled", "cfi.scaled", "cfi.robust", "rmsea.scaled", "baseline.chisq.scaled")]))
}
record("cfa", three, "hs", fun = "cfa")
record("cfa with means", three, "hs", fun = "cfa", meanstructure = TRUE)
record("skewed", "f =~ y1 + y2 + y3 + y4\ng =~ y5 + y6 + y7\ng ~ f", "skewed")
record("shared label", "f =~ y1 + a*y2 + a*y3 + y4\ng =~ y5 + y6 + y7\ng ~ f", "skewed")
record("linear constraint", "f =~ y1 + a*y2 + b*y3 + c*y4\na + b == 2*c", "skewed")
record("wishart", three, "hs", fun = "cfa", likelihood = "wishart")
record("groups", three, "hs", fun = "cfa", group = "school")
record("groups, scalar", three, "hs", fun = "cfa", group = "school", group.equal = c("loadings", "intercepts"))
record("fixed covariates", paste0(three, "\nvisual ~ ageyr + sex\nspeed ~ visual"), "hs")
one("fixed covariates with means", paste0(three, "\nvisual ~ ageyr + sex\nspeed ~ visual"), "hs", c("standard", scaled), meanstructure = TRUE)
record("random covariates", paste0(three, "\nvisual ~ ageyr + sex\nspeed ~ visual"), "hs", fixed.x = FALSE)
record("growth", "i =~ 1*t1 + 1*t2 + 1*t3 + 1*t4\ns =~ 0*t1 + 1*t2 + 2*t3 + 3*t4", "growth", fun = "growth")
one("growth with covariates", "i =~ 1*t1 + 1*t2 + 1*t3 + 1*t4\ns =~ 0*t1 + 1*t2 + 2*t3 + 3*t4\ni ~ x1\ns ~ x1", "growth", c("standard", scaled), fun = "growth")
for (e in c("GLS", "ULS", "DWLS")) record(e, three, "hs", fun = "cfa", estimator = e, tests = c("standard", residual))
record("GLS groups", three, "hs", fun = "cfa", estimator = "GLS", group = "school", group.equal = "loadings", tests = c("standard", residual))
# MLR is compared on its own test here, on Satorra and Bentler's in ../semInformation.
for (t in list("standard", "yuan.bentler.mplus", c("standard", "browne.residual.nt"))) one(paste("MLR with", tail(t, 1)), "f =~ y1 + y2 + y3 + y4\ng =~ y5 + y6 + y7\ng ~ f", "skewed", t, estimator = "MLR")
record("ML with Yuan-Bentler tests", "f =~ y1 + y2 + y3 + y4\ng =~ y5 + y6 + y7\ng ~ f", "skewed", tests = c("standard", "yuan.bentler"))
record("ordinal", "f =~ u1 + u2 + u3 + u4\ng =~ u5 + u6 + u7 + u8", "ordinal", fun = "cfa", ordered = paste0("u", 1:8), tests = c("standard", "browne.residual.adf", scaled))
record("ordinal in groups", "f =~ u1 + u2 + u3 + u4", "ordinal", fun = "cfa", ordered = paste0("u", 1:4), group = "site", group.equal = c("loadings", "thresholds"), tests = c("standard", "browne.residual.adf", scaled))
# Fixed covariates with a mean structure: lavaan inverts a Γ with rows of zeros there, so that its statistic depends on the last digits
# of the optimum (205.4 and 223.9 for one model). Browne's formula itself, without the fixed moments:
byHand <- function(syntax, data, fun) {
  fit <- polish(suppressWarnings(do.call(fun, list(syntax, read(data), meanstructure = TRUE))))$fit
  names <- lavNames(fit, "ov"); x <- lavNames(fit, "ov.x"); Y <- as.matrix(read(data)[, names]); n <- nrow(Y); p <- ncol(Y)
  D <- scale(Y, scale = FALSE); H <- if (length(x)) qr.fitted(qr(D[, x, drop = FALSE]), D) else 0 * D
  at <- which(lower.tri(diag(p), TRUE), arr.ind = TRUE)
  Z <- cbind(D - H, D[, at[, 1]] * D[, at[, 2]] - H[, at[, 1]] * H[, at[, 2]]); G <- crossprod(scale(Z, scale = FALSE)) / n
  keep <- c(!(names %in% x), !(names[at[, 1]] %in% x & names[at[, 2]] %in% x))
  implied <- fitted(fit); S <- crossprod(D) / n
  residual <- (c(colMeans(Y), S[at]) - c(implied$mean, unclass(implied$cov)[names, names][at]))[keep]
  delta <- lavInspect(fit, "delta")[keep, ]; W <- solve(G[keep, keep])
  n * drop(residual %*% (W - W %*% delta %*% solve(t(delta) %*% W %*% delta, t(delta) %*% W)) %*% residual)
}
hand <- list(
  list(syntax = paste0(three, "\nvisual ~ ageyr + sex\nspeed ~ visual"), data = "hs", fun = "sem"),
  list(syntax = "i =~ 1*t1 + 1*t2 + 1*t3 + 1*t4\ns =~ 0*t1 + 1*t2 + 2*t3 + 3*t4\ni ~ x1\ns ~ x1", data = "growth", fun = "growth"))
hand <- lapply(hand, function(h) c(h, list(adf = byHand(h$syntax, h$data, h$fun))))
write(toJSON(list(versions = list(R = R.version.string, lavaan = as.character(packageVersion("lavaan"))), cases = cases, hand = hand), auto_unbox = TRUE, digits = I(15), na = "null"), "expected.json")
