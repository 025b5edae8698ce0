# 200 random linear models on eight random data sets: weights (zero and missing ones too), factors with a chosen
# reference, I(), logarithms, roots, interactions up to three ways, empty cells, no constant, offsets up to 1e5, missing rows;
# classical, HC0-HC4 and cluster-robust errors, influence and assumption tests. lm, sandwich, lmtest.
# Usage: LC_ALL=C.UTF-8 Rscript make.R
suppressMessages({library(sandwich); library(lmtest)})
options(digits = 17, warn = 0)
set.seed(71)
relevelled <- function(x, ref) { f <- base::factor(x); if (missing(ref)) f else relevel(f, as.character(ref)) }
data_of <- function(k) {
  n <- c(24, 40, 61, 90, 130, 35, 75, 200)[k]
  d <- data.frame(a = round(rnorm(n, c(0, 1e5, -3, 12)[k %% 4 + 1], 2), 2), b = round(runif(n, 1, 9), 1), c = sample(1:5, n, TRUE), g = sample(1:3, n, TRUE, c(.5, .4, .1)), h = sample(c("north", "south", "east", "west"), n, TRUE, c(.4, .3, .2, .1)), s = sample(1:2, n, TRUE), k = sample(1:c(5, 9, 25)[k %% 3 + 1], n, TRUE))
  d$y <- round(1 + .5 * (d$a - mean(d$a)) + .3 * d$b + .2 * d$c * (d$s == 2) + rnorm(n, sd = .3 + .1 * d$b), 3)
  d$w <- round(runif(n, .2, 3), 2); d$w[sample(n, 2)] <- 0
  for (v in names(d)) if (v != "k") d[sample(n, 1 + k %% 3), v] <- NA
  d
}
sets <- lapply(1:8, data_of)
one <- function() sample(c("a", "b", "c", "s", "I(b^2)", "I(a * b)", "log(b)", "sqrt(c)", "factor(g)", "factor(g, ref = 2)", "factor(h, ref = \"south\")", "h", "scale(b)", "I((b - 5)^3)"), 1)
part <- function() switch(sample(7, 1), one(), one(), paste(one(), one(), sep = " * "), paste(one(), one(), sep = ":"), sprintf("(%s + %s + %s)^2", one(), one(), one()), sprintf("%s * %s * %s", one(), one(), one()), sprintf("(%s + %s) * %s", one(), one(), one()))
formula_of <- function() { parts <- replicate(sample(3, 1), part()); paste(sample(c("y", "y", "log(b + 3)", "I(y^2)"), 1), "~", paste(parts, collapse = " + "), sample(c("", "", "", "", " - 1"), 1), sep = " ") }
nulls <- function(x) lapply(unname(x), function(v) if (is.finite(v)) v else NULL)
fit_of <- function(i) {
  repeat {
    k <- sample(8, 1); d <- sets[[k]]; f <- trimws(formula_of()); weighted <- runif(1) < .3; se <- sample(c("classical", "classical", "HC0", "HC1", "HC2", "HC3", "HC4", "cluster"), 1)
    # two codings of one factor are one factor: which of their columns are called aliased is a matter of order
    if (grepl("factor(g)", f, fixed = TRUE) && grepl("factor(g, ", f, fixed = TRUE) || grepl("factor(h", f, fixed = TRUE) && grepl("[^(]h", f)) next
    if (grepl("^log", f) && grepl("b", sub(".*~", "", f))) next
    env <- new.env(); env$factor <- relevelled; fo <- as.formula(f, env)
    x <- if (weighted) d[is.na(d$w) | d$w > 0, ] else d; m <- try(if (weighted) eval(bquote(lm(.(fo), x, weights = w))) else lm(fo, x), silent = TRUE)
    if (inherits(m, "try-error")) next
    # scale() of rows in use, as ours: R takes it over all rows that answer the column itself
    x <- x[rownames(model.frame(m)), ]; if (nrow(x) < 8) next; m <- try(if (weighted) eval(bquote(lm(.(fo), x, weights = w))) else lm(fo, x), silent = TRUE); if (inherits(m, "try-error")) next
    b <- coef(m); if (df.residual(m) < 6 || sum(!is.na(b)) < 2 || sigma(m) < 1e-8) next
    X <- model.matrix(m)[, !is.na(b), drop = FALSE]
    if (kappa(scale(X, FALSE, sqrt(colSums(X^2))), exact = TRUE) > 1e5) next
    h <- hatvalues(m); if (se %in% c("HC2", "HC3", "HC4") && any(h > .999)) next
    if (se == "cluster" && length(unique(x[rownames(model.frame(m)), "k"])) < sum(!is.na(b)) + 3) next
    break
  }
  s <- summary(m); df2 <- df.residual(m)
  cl <- x[rownames(model.frame(m)), "k"]
  V <- switch(se, classical = vcov(m, complete = FALSE), cluster = vcovCL(m, cluster = cl, type = "HC1"), vcovHC(m, type = se)); stopifnot(nrow(V) == sum(!is.na(b)))
  dft <- if (se == "cluster") length(unique(cl)) - 1 else df2
  e <- sqrt(diag(V)); bb <- b[!is.na(b)]; t <- bb / e
  list(set = k - 1, formula = f, weighted = weighted, se = se, terms = names(b), estimate = nulls(b), stdError = unname(e), pValue = unname(2 * pt(-abs(t), dft)), confLow = unname(bb - qt(.975, dft) * e), confHigh = unname(bb + qt(.975, dft) * e),
    n = length(residuals(m)), df1 = s$fstatistic[["numdf"]], df2 = df2, rSquared = s$r.squared, adjRSquared = s$adj.r.squared, sigma = s$sigma, f = if (se == "classical") s$fstatistic[["value"]] else NULL, logLik = as.numeric(logLik(m)), aic = AIC(m), bic = BIC(m),
    influence = if (!weighted && i %% 9 == 0) { q <- which(!is.nan(rstudent(m)) & h < 1 - 1e-8); list(leverage = unname(h[q]), cook = unname(cooks.distance(m)[q]), studentized = unname(rstudent(m)[q]), dffits = unname(dffits(m)[q]), at = unname(q) - 1) },
    breuschPagan = if (!weighted && attr(terms(m), "intercept") == 1) { z <- bptest(m); list(statistic = unname(z$statistic), df = unname(z$parameter), pValue = unname(z$p.value)) },
    durbinWatson = if (!weighted) { r <- residuals(m); sum(diff(r)^2) / sum(r^2) })
}
models <- lapply(1:200, fit_of)
versions <- list(R = R.version.string, sandwich = as.character(packageVersion("sandwich")), lmtest = as.character(packageVersion("lmtest")))
writeLines(jsonlite::toJSON(list(versions = versions, value = list(sets = lapply(sets, as.list), models = models)), digits = I(13), auto_unbox = TRUE, na = "null", null = "null"), "expected.json")
print(table(sapply(models, `[[`, "se"))); print(sum(sapply(models, function(m) any(sapply(m$estimate, is.null)))))
