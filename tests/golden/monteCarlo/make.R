# Populations as lavaan's simulateData() makes them, the standard errors that
# lavaan gives in the population (asymptotic power), and the power of tests of
# close fit from base R's noncentral chi-square. Writes expected.json.
suppressMessages({library(lavaan); library(jsonlite)})
models <- list(
  cfa = list(text = "f =~ 0.7*x1 + 0.8*x2 + 0.6*x3\n g =~ 0.5*y1 + 0.9*y2 + 0.7*y3\n f ~~ 0.3*g", analysis = "f =~ x1 + x2 + x3\n g =~ y1 + y2 + y3\n f ~~ g", n = 150, std.lv = TRUE),
  mediation = list(text = "m ~ 0.4*x\n y ~ 0.2*x + 0.3*m", analysis = "m ~ a*x\n y ~ x + b*m\n ab := a*b", n = 200, std.lv = FALSE),
  structural = list(text = "f =~ 0.8*x1 + 0.7*x2 + 0.6*x3\n g =~ 0.7*y1 + 0.7*y2 + 0.7*y3\n g ~ 0.5*f\n x1 ~ 0.5*1\n f ~ 0.2*1", analysis = "f =~ x1 + x2 + x3\n g =~ y1 + y2 + y3\n g ~ f", n = 300, std.lv = FALSE)
)
number <- function(m) unname(lapply(seq_len(nrow(m)), function(i) unname(m[i, ])))
out <- lapply(names(models), function(name) {
  model <- models[[name]]
  set.seed(1)
  one <- function(standardized) {
    fit <- simulateData(model$text, sample.nobs = 100, standardized = standardized, return.fit = TRUE, meanstructure = TRUE)
    f <- attr(fit, "fit"); if (is.null(f)) f <- fit
    fitted <- fitted(f)
    list(names = colnames(fitted$cov), cov = number(unclass(fitted$cov)), mean = unname(as.numeric(fitted$mean)))
  }
  plain <- one(FALSE)
  S <- matrix(unlist(plain$cov), length(plain$names), byrow = TRUE, dimnames = list(plain$names, plain$names))
  fit <- sem(model$analysis, sample.cov = S, sample.nobs = model$n, sample.cov.rescale = FALSE, fixed.x = FALSE, std.lv = model$std.lv)
  pe <- parameterEstimates(fit)
  pe <- pe[!is.na(pe$se) & pe$se > 0, ]
  list(name = name, text = model$text, analysis = model$analysis, n = model$n, stdLv = model$std.lv, plain = plain, standardized = one(TRUE),
       parameters = data.frame(lhs = pe$lhs, op = pe$op, rhs = pe$rhs, est = pe$est, se = pe$se, power = pnorm(abs(pe$est) / pe$se - qnorm(.975)) + pnorm(-abs(pe$est) / pe$se - qnorm(.975))))
})
cases <- expand.grid(df = c(5, 30, 100, 655), n = c(100, 200, 455), stringsAsFactors = FALSE)
close <- within(cases, { rmsea0 <- .05; rmseaA <- .08; power <- 1 - pchisq(qchisq(.95, df, (n - 1) * df * rmsea0^2), df, (n - 1) * df * rmseaA^2) })
notclose <- within(cases, { rmsea0 <- .05; rmseaA <- .01; power <- pchisq(qchisq(.05, df, (n - 1) * df * rmsea0^2), df, (n - 1) * df * rmseaA^2) })
exact <- within(cases, { rmsea0 <- 0; rmseaA <- .05; power <- 1 - pchisq(qchisq(.95, df), df, (n - 1) * df * rmseaA^2) })
smallest <- function(df) { n <- 2; while (1 - pchisq(qchisq(.95, df, (n - 1) * df * .05^2), df, (n - 1) * df * .08^2) < .8) n <- n + 1; n }
sizes <- data.frame(df = c(8, 30, 100), n = sapply(c(8, 30, 100), smallest))
write_json(list(versions = list(R = as.character(getRversion()), lavaan = as.character(packageVersion("lavaan"))), models = out, sizes = sizes, rmsea = rbind(close, notclose, exact)), "expected.json", auto_unbox = TRUE, digits = NA, pretty = TRUE)
