# Likelihood-ratio (chi-square difference) tests of nested models by every method of lavTestLRT.
# Run: npm run golden semDifferenceTests   (data are ../sem/data)
suppressMessages({library(lavaan); library(jsonlite)})
source("../sem/polish.R")
read <- function(name) read.csv(paste0("../sem/data/", name, ".csv"))
number <- function(v) { v <- as.numeric(v); ifelse(is.finite(v), v, NA) }
three <- "visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\nspeed =~ x7 + x8 + x9"
cases <- list()
compare <- function(id, data, models, methods, fun = "cfa", ...) {
  message(id)
  common <- list(...)
  fits <- lapply(models, function(m) polish(suppressWarnings(do.call(fun, c(list(m$syntax, read(data)), common, m$options))))$fit)
  tests <- lapply(methods, function(m) {
    t <- tryCatch(suppressWarnings(do.call(lavTestLRT, c(list(fits[[1]]), unname(fits[-1]), m))), error = function(e) { message("  ", paste(unlist(m), collapse = " "), ": ", conditionMessage(e)); NULL })
    if (is.null(t)) return(NULL)
    list(options = m, df = number(t$Df), chisq = number(t$Chisq), difference = number(t$`Chisq diff`), dfDifference = number(t$`Df diff`), p = number(t$`Pr(>Chisq)`))
  })
  cases[[length(cases) + 1]] <<- list(id = id, data = data, fun = fun, common = common, models = models, tests = Filter(Negate(is.null), tests))
}
all <- list(list(), list(method = "satorra.bentler.2001"), list(method = "satorra.bentler.2010"), list(method = "satorra.2000"), list(method = "satorra.2000", scaled.shifted = FALSE), list(method = "satorra.2000", A.method = "exact"))
plain <- function(s, ...) list(syntax = s, options = list(...))
free <- "f =~ y1 + y2 + y3 + y4\ng =~ y5 + y6 + y7\ng ~ f"
equal <- "f =~ y1 + a*y2 + a*y3 + a*y4\ng =~ y5 + b*y6 + b*y7\ng ~ f"
fixed <- "f =~ y1 + 1*y2 + 1*y3 + 1*y4\ng =~ y5 + 1*y6 + 1*y7\ng ~ f"
for (e in c("ML", "MLR", "MLM", "MLMV", "MLMVS")) compare(paste("labels", e), "skewed", list(plain(free), plain(equal)), if (e == "ML") list(list()) else all, "sem", estimator = e)
compare("three models MLR", "skewed", list(plain(fixed), plain(free), plain(equal)), list(list(), list(method = "satorra.bentler.2010"), list(method = "satorra.2000", A.method = "exact")), "sem", estimator = "MLR")
compare("fixed parameter MLM", "skewed", list(plain(free), plain(sub("g ~ f", "g ~ 0*f", free))), all, "sem", estimator = "MLM")
compare("constraint MLM", "skewed", list(plain("f =~ y1 + a*y2 + b*y3 + c*y4"), plain("f =~ y1 + a*y2 + b*y3 + c*y4\na + b == 2*c")), all, "sem", estimator = "MLM")
ladder <- list(plain(three), plain(three, group.equal = "loadings"), plain(three, group.equal = c("loadings", "intercepts")))
for (e in c("ML", "MLR", "MLM", "MLMV")) compare(paste("groups", e), "hs", ladder, if (e == "ML") list(list()) else all[-6], group = "school", estimator = e)
# scalar invariance frees latent means that the larger model fixes: its parameters are not among those of the larger model, and lavaan's A.method = "exact" gives one number whatever the estimator
for (e in c("MLM", "MLMV")) compare(paste("groups, loadings", e), "hs", ladder[1:2], all[6], group = "school", estimator = e)
compare("incomplete MLR", "hsmissing", list(plain(three), plain(paste0(three, "\nvisual ~~ 0*textual"))), list(list(), list(method = "satorra.bentler.2010")), estimator = "MLR", missing = "ml", em.h1.tol = 1e-12, em.h1.iter.max = 20000)
two <- "f =~ u1 + u2 + u3 + u4\ng =~ u5 + u6 + u7 + u8"
for (e in c("WLSMV", "WLSM", "ULSMV")) compare(paste("ordinal", e), "ordinal", list(plain(two), plain("f =~ u1 + a*u2 + a*u3 + u4\ng =~ u5 + b*u6 + b*u7 + b*u8")), all[-3], ordered = paste0("u", 1:8), estimator = e)
compare("ordinal groups", "ordinal", list(plain(two), plain(two, group.equal = "loadings"), plain(two, group.equal = c("loadings", "thresholds"))), list(list(), list(method = "satorra.2000", A.method = "delta")), ordered = paste0("u", 1:8), group = "site")
write(toJSON(list(versions = list(R = R.version.string, lavaan = as.character(packageVersion("lavaan"))), cases = cases), auto_unbox = TRUE, digits = I(12), na = "null"), "expected.json")
