# Expected simple effects, adjusted means, pairwise comparisons and effect sizes of factorial designs and
# of post hoc pairs, on fresh unbalanced data with missing cells of the table, an offset of 1e6 and a covariate.
# Linear hypotheses by car, contrasts from the model matrix, noncentrality limits by uniroot.
# Usage: LC_ALL=C.UTF-8 Rscript make.R
suppressMessages(library(car))
options(digits = 17, warn = 1, contrasts = c("contr.sum", "contr.poly"))
set.seed(20260311)
n <- 173
d <- data.frame(sex = sample(1:2, n, TRUE, c(.62, .38)), years = sample(1:4, n, TRUE, c(.1, .45, .3, .15)), city = sample(c(10, 20, 30), n, TRUE))
d$age <- round(rnorm(n, 33, 8), 1)
d$y <- round(3 + .4 * (d$sex == 2) + .35 * d$years - .5 * (d$sex == 2) * (d$years > 2) + .03 * d$age + rnorm(n, sd = .5 + .2 * d$years), 3)
d$big <- d$y + 1e6
d$slopes <- round(d$y + ifelse(d$sex == 2, .08, -.02) * d$age, 3)
for (v in c("sex", "years", "age", "y")) d[sample(n, 4), v] <- NA
ncp_f <- function(f, df1, df2, p) if (pf(f, df1, df2) <= p) 0 else uniroot(function(l) pf(f, df1, df2, l) - p, c(0, 2000), tol = 1e-13)$root
ncp_t <- function(t, df, p) uniroot(function(k) pt(t, df, k) - p, t + c(-12, 12), tol = 1e-13)$root
share <- function(l, a, b) l / (l + a + b + 1)
design <- function(y, factors, covariates = character(0), adjust) {
  x <- na.omit(d[c(y, factors, covariates)]); for (f in factors) x[[f]] <- factor(x[[f]])
  m <- lm(reformulate(c(covariates, paste(factors, collapse = "*")), y), x)
  X0 <- function(cell) { g <- expand.grid(lapply(setNames(factors, factors), function(f) if (f %in% names(cell)) cell[[f]] else levels(x[[f]])), stringsAsFactors = FALSE)
    for (f in factors) g[[f]] <- factor(g[[f]], levels(x[[f]])); for (v in covariates) g[[v]] <- mean(x[[v]]); colMeans(model.matrix(delete.response(terms(m)), g)) }
  V <- vcov(m); b <- coef(m); df2 <- df.residual(m); mse <- sigma(m)^2; N <- nrow(x); sst <- sum((x[[y]] - mean(x[[y]]))^2)
  mean_of <- function(cell) { L <- X0(cell); e <- sum(L * b); s <- sqrt(drop(t(L) %*% V %*% L)); list(mean = e, stdError = s, confLow = e - qt(.975, df2) * s, confHigh = e + qt(.975, df2) * s) }
  pair <- function(i, j, k) { L <- X0(i) - X0(j); e <- sum(L * b); s <- sqrt(drop(t(L) %*% V %*% L)); t <- e / s; p <- 2 * pt(-abs(t), df2); sc <- s / sqrt(mse)
    h <- switch(adjust, lsd = qt(.975, df2), bonferroni = qt(1 - .025 / k, df2), sidak = qt(1 - (1 - .95^(1 / k)) / 2, df2)) * s
    list(difference = e, stdError = s, t = t, pValue = switch(adjust, lsd = p, bonferroni = min(1, k * p), sidak = -expm1(k * log1p(-p))), confLow = e - h, confHigh = e + h, d = e / sqrt(mse), dLow = ncp_t(t, df2, .975) * sc, dHigh = ncp_t(t, df2, .025) * sc) }
  pairs_within <- function(f, cell) { l <- levels(x[[f]]); out <- list(); for (i in 1:(length(l) - 1)) for (j in (i + 1):length(l)) out[[length(out) + 1]] <- pair(c(cell, setNames(list(l[i]), f)), c(cell, setNames(list(l[j]), f)), choose(length(l), 2)); out }
  simple <- function(f, o) lapply(levels(x[[o]]), function(k) { l <- levels(x[[f]]); cell <- setNames(list(k), o); last <- X0(c(cell, setNames(list(tail(l, 1)), f)))
    L <- t(sapply(head(l, -1), function(i) X0(c(cell, setNames(list(i), f))) - last)); if (length(l) == 2) L <- matrix(L, 1)
    h <- linearHypothesis(m, L, singular.ok = TRUE); f1 <- h$F[2]; a <- h$Df[2]; ss <- f1 * a * mse
    list(sumOfSquares = ss, df = a, f = f1, pValue = pf(f1, a, df2, lower.tail = FALSE), partialEtaSquared = ss / (ss + mse * df2), confLow = share(ncp_f(f1, a, df2, .975), a, df2), confHigh = share(ncp_f(f1, a, df2, .025), a, df2)) })
  A <- Anova(m, type = 3); keep <- setdiff(rownames(A), c("(Intercept)", "Residuals"))
  cells <- expand.grid(lapply(rev(setNames(factors, factors)), function(f) levels(x[[f]])), stringsAsFactors = FALSE)[, factors, drop = FALSE]
  list(n = N, outcome = y, factors = factors, covariates = covariates, adjust = adjust,
    terms = lapply(keep, function(k) { s <- A[k, "Sum Sq"]; a <- A[k, "Df"]; list(term = k, sumOfSquares = s, df = a, f = A[k, "F value"], pValue = A[k, "Pr(>F)"], etaSquared = s / sst, partialOmegaSquared = (s - a * mse) / (s + (N - a) * mse), partialEtaSquared = s / (s + mse * df2)) }),
    means = do.call(c, lapply(factors, function(f) lapply(levels(x[[f]]), function(k) mean_of(setNames(list(k), f))))),
    cells = lapply(seq_len(nrow(cells)), function(i) { cell <- as.list(cells[i, , drop = FALSE]); w <- Reduce(`&`, lapply(factors, function(f) x[[f]] == cell[[f]])); c(list(n = sum(w), observedMean = mean(x[w, y]), observedSd = if (sum(w) > 1) sd(x[w, y]) else NULL), mean_of(cell)) }),
    pairs = do.call(c, lapply(factors, pairs_within, cell = list())),
    simple = if (length(factors) == 2) c(simple(factors[1], factors[2]), simple(factors[2], factors[1])),
    simplePairs = if (length(factors) == 2) c(do.call(c, lapply(levels(x[[factors[2]]]), function(k) pairs_within(factors[1], setNames(list(k), factors[2])))), do.call(c, lapply(levels(x[[factors[1]]]), function(k) pairs_within(factors[2], setNames(list(k), factors[1]))))),
    slopes = lapply(covariates, function(v) { big <- update(m, reformulate(c(".", paste0(v, ":", paste(factors, collapse = ":")), paste0(v, ":", factors)), ".")); a <- anova(m, big); list(covariate = v, f = a$F[2], df1 = a$Df[2], df2 = a$Res.Df[2], pValue = a$`Pr(>F)`[2]) }))
}
posthoc <- function(y, g) { x <- na.omit(d[c(y, g)]); m <- tapply(x[[y]], x[[g]], mean); v <- tapply(x[[y]], x[[g]], var); k <- tapply(x[[y]], x[[g]], length); mse <- sum((k - 1) * v) / (sum(k) - length(k)); df <- sum(k) - length(k); out <- list()
  for (i in 1:(length(m) - 1)) for (j in (i + 1):length(m)) { sc <- sqrt(1 / k[[i]] + 1 / k[[j]]); t <- (m[[i]] - m[[j]]) / sqrt(mse) / sc; s2 <- (v[[i]] + v[[j]]) / 2; e <- (m[[i]] - m[[j]]) / sqrt(s2)
    se <- sqrt(e^2 * (v[[i]]^2 / (k[[i]] - 1) + v[[j]]^2 / (k[[j]] - 1)) / (8 * s2^2) + (v[[i]] / (k[[i]] - 1) + v[[j]] / (k[[j]] - 1)) / s2)
    out[[length(out) + 1]] <- list(i = i - 1, j = j - 1, pooled = list(d = t * sc, confLow = ncp_t(t, df, .975) * sc, confHigh = ncp_t(t, df, .025) * sc), averaged = list(d = e, confLow = e - qnorm(.975) * se, confHigh = e + qnorm(.975) * se)) }
  list(variable = y, by = g, pairs = out) }
value <- list(data = as.list(d), designs = list(
    design("y", c("sex", "years"), adjust = "bonferroni"), design("y", c("years", "sex"), "age", "sidak"), design("big", c("sex", "years"), "age", "lsd"),
    design("slopes", c("sex", "years"), "age", "bonferroni"), design("y", "years", "age", "bonferroni"), design("y", c("sex", "city"), adjust = "lsd")),
  posthoc = list(posthoc("y", "years"), posthoc("big", "city")))
versions <- list(R = R.version.string, car = as.character(packageVersion("car")))
writeLines(jsonlite::toJSON(list(versions = versions, value = value), digits = I(17), auto_unbox = TRUE, na = "null", null = "null"), "expected.json")
