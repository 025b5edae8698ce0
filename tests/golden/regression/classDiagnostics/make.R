# Expected diagnostics of logistic and ordinal regression: area under the ROC curve with DeLong's interval (pROC),
# contingency table behind the Hosmer-Lemeshow test, intervals of pseudo-R2, Brant's test (car::poTest; its formula to the end).
# Usage: LC_ALL=C.UTF-8 OPENBLAS_NUM_THREADS=1 Rscript make.R
suppressMessages({library(pROC); library(MASS); library(car)})
options(digits = 17, warn = 1)
ctl <- glm.control(epsilon = 1e-15, maxit = 100)
solve_for <- function(f, low, high) uniroot(f, c(low, high), tol = 1e-13)$root
# R's pchisq with ncp stops near 1e-12 in the lower tail, and loses the upper: summed from the central law
ncc <- function(x, df, l, upper) { j <- 0:ceiling(l / 2 + 15 * sqrt(l / 2) + 80); sum(dpois(j, l / 2) * pchisq(x, df + 2 * j, lower.tail = !upper)) }
limits <- function(x, df) c(if (ncc(x, df, 0, TRUE) >= .025) 0 else solve_for(function(l) ncc(x, df, l, TRUE) - .025, 0, 10 * x + 50), if (ncc(x, df, 0, FALSE) <= .025) 0 else solve_for(function(l) .025 - ncc(x, df, l, FALSE), 0, 10 * x + 50))
pseudo <- function(ll, ll0, df, n) { l <- limits(2 * (ll - ll0), df); cs <- 1 - exp(-l / n); list(coxSnell = cs, nagelkerke = cs / (1 - exp(2 * ll0 / n)), mcFadden = l / (-2 * ll0)) }
binary <- function(formula, d) {
  m <- glm(formula, binomial, d, control = ctl); y <- m$y; p <- fitted(m); n <- length(y)
  r <- roc(y, p, quiet = TRUE, direction = "<"); ci <- ci.auc(r, method = "delong")
  # tied probabilities stay together: bounds at the distinct tenths below the largest
  q <- unique(quantile(p, seq(.1, .9, .1))); g <- cut(p, c(-Inf, q[q < max(p)], Inf))
  m0 <- update(m, . ~ 1)
  list(formula = paste(deparse(formula), collapse = ""), auc = c(r$auc), low = ci[1], high = ci[3], stdError = sqrt(var(r)),
    groups = list(n = as.vector(table(g)), observed = as.vector(tapply(y, g, sum)), expected = as.vector(tapply(p, g, sum)), highest = as.vector(tapply(p, g, max))),
    sensitivity = mean(p[y == 1] >= .5), specificity = mean(p[y == 0] < .5),
    pseudo = pseudo(as.numeric(logLik(m)), as.numeric(logLik(m0)), length(coef(m)) - 1, n))
}
brant <- function(formula, d) {
  f <- model.frame(formula, d); y <- as.integer(factor(f[[1]])); X <- model.matrix(formula, d); K <- max(y); p <- ncol(X) - 1
  fits <- lapply(1:(K - 1), function(j) glm.fit(X, as.numeric(y > j), family = binomial(), control = ctl))
  pi <- sapply(fits, fitted); beta <- c(sapply(fits, function(m) coef(m)[-1]))
  bread <- lapply(1:(K - 1), function(j) solve(t(X) %*% (pi[, j] * (1 - pi[, j]) * X)))
  V <- matrix(0, (K - 1) * p, (K - 1) * p)
  for (j in 1:(K - 1)) for (l in j:(K - 1)) { C <- (bread[[j]] %*% t(X) %*% (pi[, l] * (1 - pi[, j]) * X) %*% bread[[l]])[-1, -1]; V[(j - 1) * p + 1:p, (l - 1) * p + 1:p] <- C; V[(l - 1) * p + 1:p, (j - 1) * p + 1:p] <- t(C) }
  test <- function(cols) { D <- do.call(rbind, lapply(2:(K - 1), function(j) { M <- matrix(0, length(cols), (K - 1) * p); M[cbind(seq_along(cols), (j - 1) * p + cols)] <- 1; M[cbind(seq_along(cols), cols)] <- -1; M })); b <- D %*% beta; x <- c(t(b) %*% solve(D %*% V %*% t(D), b)); df <- length(cols) * (K - 2); list(statistic = x, df = df, pValue = pchisq(x, df, lower.tail = FALSE)) }
  out <- c(list(formula = paste(deparse(formula), collapse = "")), test(1:p), list(predictors = lapply(1:p, test)))
  d$.y <- factor(f[[1]]); m <- polr(update(formula, .y ~ .), d, Hess = TRUE)
  po <- poTest(m)
  # poTest puts the covariance blocks of two thresholds in without transposing their mirror images: its overall test holds for one predictor or three classes
  stopifnot(abs(po$chisq.p / sapply(out$predictors, function(t) t$statistic) - 1) < 1e-3, p > 1 && K > 3 || abs(po$chisq / out$statistic - 1) < 1e-3, po$df == out$df)
  out
}
set.seed(77)
n <- 240
d <- data.frame(a = round(rnorm(n), 2), b = round(runif(n, 1, 7)), g = sample(c("u", "v", "w"), n, TRUE))
eta <- .8 * d$a - .3 * d$b + .6 * (d$g == "w")
d$z <- as.integer(eta + rlogis(n) > -1); d$o <- as.integer(cut(eta + rlogis(n) * ifelse(d$b > 4, 1.5, .7), c(-Inf, -3, -1.2, .1, Inf)))
car <- data.frame(am = mtcars$am, wt = mtcars$wt, mpg = mtcars$mpg, gear = mtcars$gear, carb = pmin(mtcars$carb, 4), qsec = mtcars$qsec)
h <- MASS::housing; housing <- data.frame(sat = rep(as.integer(h$Sat), h$Freq), infl = rep(as.integer(h$Infl), h$Freq), cont = rep(as.integer(h$Cont), h$Freq), type = rep(as.character(h$Type), h$Freq))
out <- list(data = list(d = as.list(d), car = as.list(car), housing = as.list(housing)),
  binary = list(c(list(data = "d"), binary(z ~ a + b + g, d)), c(list(data = "d"), binary(z ~ b, d)), c(list(data = "car"), binary(am ~ qsec, car))),
  brant = list(c(list(data = "d"), brant(o ~ a + b + g, d)), c(list(data = "d"), brant(o ~ a, d)), c(list(data = "housing"), brant(sat ~ infl + cont + type, housing))))
out$versions <- list(R = R.version.string, pROC = as.character(packageVersion("pROC")), car = as.character(packageVersion("car")), MASS = as.character(packageVersion("MASS")))
writeLines(jsonlite::toJSON(out, digits = I(15), auto_unbox = TRUE, na = "null"), "expected.json")
