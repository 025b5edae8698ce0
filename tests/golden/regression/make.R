# Expected values of linear regression from base R, car, sandwich and lmtest.
# Run: LC_ALL=C.UTF-8 Rscript make.R   (writes data.json and expected.json)
suppressPackageStartupMessages({library(car); library(sandwich); library(lmtest); library(jsonlite)})
set.seed(20240501)
n <- 120
d <- data.frame(a = round(rnorm(n, 3.6, .8), 2), b = round(runif(n, 1, 7), 1), c = sample(1:5, n, TRUE), w = round(runif(n, .3, 3), 2), id = rep(1:24, each = 5))
d$g <- sample(c("red", "green", "blue"), n, TRUE, c(.4, .35, .25))
d$k <- sample(1:4, n, TRUE)
u <- rnorm(24)[d$id]
d$y <- round(1 + .5 * d$a - .3 * d$b + .2 * d$c + .6 * (d$g == "red") + .15 * d$a * d$b + .4 * u + rnorm(n) * (.3 + .15 * d$b), 3)
d$a[c(5, 60)] <- NA; d$c[17] <- NA; d$y[99] <- NA; d$g[33] <- NA
num <- function(x) lapply(x, function(v) if (is.finite(v)) v else NULL)
write(toJSON(lapply(d, function(x) x), digits = NA, na = "null"), "data.json")

d$gf <- factor(d$g)
vec <- function(x) unname(as.numeric(x))
describe <- function(formula, data = d, weights = NULL) {
  # all columns of the data frame that the full formula needs, so that blocks share their rows
  data$.w <- if (is.null(weights)) 1 else data[[weights]]
  f <- lm(formula, data, weights = .w)
  s <- summary(f); m <- model.matrix(f); w <- weights(f); r <- residuals(f)
  icpt <- attr(terms(f), "intercept") == 1
  mm <- m[, setdiff(colnames(m), "(Intercept)"), drop = FALSE]
  y <- model.response(model.frame(f))
  wm <- function(x) if (icpt) sum(w * x) / sum(w) else 0
  ss <- function(x) sum(w * (x - wm(x))^2); sp <- function(x, z) sum(w * (x - wm(x)) * (z - wm(z)))
  b <- coef(f)[colnames(mm)]
  beta <- b * sqrt(apply(mm, 2, ss) / ss(y))
  zero <- apply(mm, 2, function(x) sp(x, y) / sqrt(ss(x) * ss(y)))
  t <- s$coefficients[colnames(mm), 3]; df <- f$df.residual
  R <- matrix(sapply(seq_len(ncol(mm)), function(i) sapply(seq_len(ncol(mm)), function(j) sp(mm[, i], mm[, j]) / sqrt(ss(mm[, i]) * ss(mm[, j])))), ncol(mm))
  vif <- diag(solve(R))
  X <- sweep(m * sqrt(w), 2, sqrt(colSums(w * m^2)), "/"); ev <- svd(X)$d^2
  list(terms = rownames(s$coefficients), estimate = vec(s$coefficients[, 1]), stdError = vec(s$coefficients[, 2]), statistic = vec(s$coefficients[, 3]), pValue = vec(s$coefficients[, 4]),
    confLow = vec(confint(f)[, 1]), confHigh = vec(confint(f)[, 2]), beta = vec(beta), zeroOrder = vec(zero), partial = vec(t / sqrt(t^2 + df)), part = vec(t * sqrt((1 - s$r.squared) / df)),
    vif = vec(vif), n = nobs(f), df2 = df, rSquared = s$r.squared, adjRSquared = s$adj.r.squared, sigma = s$sigma, fStatistic = unname(s$fstatistic[1]), pModel = unname(pf(s$fstatistic[1], s$fstatistic[2], s$fstatistic[3], lower.tail = FALSE)),
    durbinWatson = sum(diff(r)^2) / sum(r^2), conditionIndex = sqrt(max(ev) / min(ev)), logLik = as.numeric(logLik(f)), aic = AIC(f), bic = BIC(f))
}
cases <- list(
  list(formula = "y ~ a + b + c", r = y ~ a + b + c),
  list(formula = "y ~ a * b + I(c^2) + c", r = y ~ a * b + I(c^2) + c),
  list(formula = "y ~ a + factor(g, ref = \"red\")", r = y ~ a + relevel(gf, "red"), rename = c("relevel\\(gf, \"red\"\\)" = "factor(g)")),
  list(formula = "y ~ a*g + factor(k)", r = y ~ a * g + factor(k)),
  list(formula = "y ~ a:g + b", r = y ~ a:g + b),
  list(formula = "y ~ g + a - 1", r = y ~ g + a - 1),
  list(formula = "y ~ 0 + a + b", r = y ~ 0 + a + b),
  list(formula = "log(b) ~ sqrt(a) + exp(c / 5)", r = log(b) ~ sqrt(a) + exp(c/5)),
  list(formula = "y ~ (a + b + c)^2 - a:c", r = y ~ (a + b + c)^2 - a:c),
  list(formula = "y ~ g/a", r = y ~ g/a),
  list(formula = "y ~ a + b + g", r = y ~ a + b + g, weights = "w"),
  list(formula = "y ~ a + b - 1", r = y ~ a + b - 1, weights = "w")
)
models <- lapply(cases, function(x) {
  e <- describe(x$r, weights = x$weights)
  for (i in seq_along(x$rename)) e$terms <- sub(names(x$rename)[i], x$rename[i], e$terms)
  c(list(formula = x$formula, weights = x$weights), e)
})

full <- lm(y ~ a + b + c + g, d); rows <- as.integer(rownames(model.frame(full)))
dc <- d[rows, ]
m1 <- lm(y ~ a, dc); m2 <- lm(y ~ a + b + c, dc); m3 <- lm(y ~ a + b + c + g, dc)
av <- anova(m1, m2, m3)
step <- function(small, large) { a <- anova(small, large); c(summary(large)$r.squared - summary(small)$r.squared, a$F[2], a[["Pr(>F)"]][2]) }
blocks <- list(rSquared = sapply(list(m1, m2, m3), function(m) summary(m)$r.squared), change12 = step(m1, m2), change23 = step(m2, m3), b2 = vec(coef(m2)), se2 = vec(summary(m2)$coefficients[, 2]))
infl <- list(leverage = vec(hatvalues(m3)), studentized = vec(rstandard(m3)), deleted = vec(rstudent(m3)), cook = vec(cooks.distance(m3)), dffits = vec(dffits(m3)), dfbetas = vec(t(dfbetas(m3))), residual = vec(residuals(m3)),
  mahalanobis = vec(mahalanobis(model.matrix(m3)[, -1], colMeans(model.matrix(m3)[, -1]), cov(model.matrix(m3)[, -1]))), rows = rows)
mw <- lm(y ~ a + b + g, d, weights = w)
inflw <- list(leverage = vec(hatvalues(mw)), studentized = vec(rstandard(mw)), deleted = vec(rstudent(mw)), cook = vec(cooks.distance(mw)), dffits = vec(dffits(mw)), dfbetas = vec(t(dfbetas(mw))))
robust <- lapply(c("HC0", "HC1", "HC2", "HC3", "HC4"), function(type) {
  v <- vcovHC(m3, type = type); ct <- coeftest(m3, vcov = v); wt <- waldtest(m3, vcov = v, test = "F"); w3 <- waldtest(m2, m3, vcov = v, test = "F")
  list(type = type, stdError = vec(sqrt(diag(v))), pValue = vec(ct[, 4]), F = wt$F[2], p = wt[["Pr(>F)"]][2], fChange = w3$F[2], weighted = vec(sqrt(diag(vcovHC(mw, type = type)))))
})
vc <- vcovCL(m3, cluster = dc$id, type = "HC1", cadjust = TRUE); G <- length(unique(dc$id))
clus <- list(stdError = vec(sqrt(diag(vc))), pValue = vec(2 * pt(-abs(coef(m3) / sqrt(diag(vc))), G - 1)))
gv <- vif(lm(y ~ a + b + g + factor(k), d)); av3 <- Anova(lm(y ~ a + b + g + factor(k), d), type = 2)
gvif <- list(gvif = vec(gv[, 1]), root = vec(gv[, 3]), F = vec(av3[1:4, 3]), p = vec(av3[1:4, 4]), ss = vec(av3[1:4, 1]))
bp <- bptest(m3); bpc <- ncvTest(m3); rs <- resettest(m3, power = 2:3); sw <- shapiro.test(residuals(m3))
al <- lm(y ~ a + b + I(a + 2 * b) + c, d)
checks <- list(breuschPagan = c(unname(bp$statistic), unname(bp$parameter), unname(bp$p.value)), scoreTest = c(bpc$ChiSquare, bpc$Df, bpc$p), reset = c(unname(rs$statistic), unname(rs$parameter), unname(rs$p.value)), dw = c(unname(dwtest(m3, exact = FALSE)$statistic), dwtest(m3, exact = FALSE)$p.value), shapiro = c(unname(sw$statistic), sw$p.value))
set.seed(5); shapiro <- lapply(c(3, 4, 5, 6, 9, 11, 12, 30, 400, 3000), function(n) { v <- round(rexp(n), 3); t <- shapiro.test(v); list(values = if (n <= 400) v else NULL, n = n, W = unname(t$statistic), p = t$p.value) }); shapiro <- Filter(function(x) !is.null(x$values), shapiro)
coldiag <- { X <- sweep(model.matrix(m3), 2, sqrt(colSums(model.matrix(m3)^2)), "/"); s <- svd(X); ph <- t((s$v %*% diag(1 / s$d))^2); list(eigen = s$d^2, proportions = vec(t(sweep(ph, 2, colSums(ph), "/")))) }
ll <- lm(Employed ~ ., longley)
ill <- list(data = lapply(longley, function(v) v), leverage = vec(hatvalues(ll)), cook = vec(cooks.distance(ll)), dfbetas = vec(t(dfbetas(ll))), hc3 = vec(sqrt(diag(vcovHC(ll, type = "HC3")))), dw = dwtest(ll, exact = FALSE)$p.value, vif = vec(vif(ll)))
write(toJSON(list(meta = list(R = R.version.string, car = as.character(packageVersion("car")), sandwich = as.character(packageVersion("sandwich")), lmtest = as.character(packageVersion("lmtest"))),
  models = models, blocks = blocks, influence = infl, influenceWeighted = inflw, robust = robust, cluster = clus, gvif = gvif, checks = checks, collinearity = coldiag, shapiro = shapiro, longley = ill,
  aliased = list(estimate = vec(coef(al)), na = unname(which(is.na(coef(al)))))), digits = I(17), auto_unbox = TRUE, null = "null", na = "null"), "expected.json")
