# Expected regressions on orthogonal and raw polynomials, R's poly() in lm and glm, with joint tests of the terms (car).
# R's poly() refuses missing values: the row without hp is taken out where hp stands in the formula.
# Usage: LC_ALL=C.UTF-8 OPENBLAS_NUM_THREADS=1 Rscript make.R
suppressMessages(library(car))
options(digits = 17, warn = 1)
d <- mtcars; d$cyl <- paste0("c", d$cyl); d$year <- 1973 + seq_len(nrow(d)); d$am <- ifelse(d$am == 1, "yes", "no"); d$hp[4] <- NA
fit <- function(f, ...) { m <- lm(as.formula(f), if (grepl("hp", f)) d[!is.na(d$hp), ] else d, ...); s <- summary(m)$coefficients; a <- Anova(m, type = 3); a <- a[setdiff(rownames(a), c("(Intercept)", "Residuals")), ]
  list(formula = f, terms = rownames(s), estimate = unname(s[, 1]), stdError = unname(s[, 2]), rSquared = summary(m)$r.squared, n = nobs(m), tests = if (all(attr(terms(m), "order") == 1)) list(term = rownames(a), f = a[["F value"]], p = a[["Pr(>F)"]])) }
binary <- function(f) { m <- glm(as.formula(f), binomial, transform(d, am = am == "yes"), control = glm.control(epsilon = 1e-15, maxit = 100)); s <- summary(m)$coefficients; list(formula = f, terms = rownames(s), estimate = unname(s[, 1]), stdError = unname(s[, 2])) }
out <- list(data = as.list(d[c("mpg", "hp", "wt", "qsec", "cyl", "year", "am", "disp")]),
  fits = lapply(c("mpg ~ poly(hp, 2)", "mpg ~ poly(hp, 3, raw = TRUE)", "mpg ~ wt + poly(hp, degree = 2)", "mpg ~ poly(hp, 2) * cyl", "mpg ~ wt:poly(qsec, 2)", "mpg ~ poly(year, 5)", "mpg ~ poly(log(disp), 2) + cyl", "mpg ~ poly(qsec, 1)", "mpg ~ poly(hp, 2) + poly(wt, 3)"), fit),
  weighted = { m <- lm(mpg ~ poly(qsec, 2), d, weights = wt); list(formula = "mpg ~ poly(qsec, 2)", estimate = unname(coef(m))) }, binary = list(binary("am ~ poly(qsec, 2)"), binary("am ~ poly(disp, 2, raw = TRUE)")))
basis <- function(x, k) list(x = x, degree = k, columns = unname(lapply(seq_len(k), function(j) as.vector(poly(x, k)[, j]))))
set.seed(3)
out$bases <- list(basis(c(1, 2, 3, 4, 5), 4), basis(round(rnorm(40, 100), 2), 6), basis(rep(1:7, 10), 3), basis(1900 + 0:30, 5))
out$versions <- list(R = R.version.string, car = as.character(packageVersion("car")))
writeLines(jsonlite::toJSON(out, digits = I(16), auto_unbox = TRUE, na = "null", null = "null"), "expected.json")
