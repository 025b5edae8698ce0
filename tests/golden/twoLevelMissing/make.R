# Two-level models of incomplete rows (missing = "ml"), by lavaan.
# Run: LC_ALL=C.UTF-8 OPENBLAS_NUM_THREADS=1 Rscript make.R
# Writes data/gaps.csv and expected.json (after every model). What lavaan 0.6-14 lacks here is done as
# ../twoLevel/oracle.R does it, from the density of whole clusters:
# - its saturated and baseline models stop early: both are fitted as models of their own
#   and polished, and the fit measures computed from them;
# - robust standard errors, with which it ends in an error: from scores of the clusters;
# - its moments of fixed exogenous variables are those of an unfinished saturated model:
#   they, and what is standardized by them, are left out;
# - its expected information is that of complete rows: left out;
# - factor scores, with which it ends in an error: E(factor | answers).
suppressMessages({library(lavaan); library(jsonlite)})
source("../twoLevel/oracle.R")
source("../twoLevelQuestions/expectedFactors.R")
u <- unbox
number <- function(v) { v <- as.numeric(v); v[!is.finite(v)] <- NA; v }
inLevel <- function(rows) ifelse(rows$block == 0, 0L, ((rows$block - 1L) %% 2L) + 1L)
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(20240612)
rows <- read.csv("../twoLevel/data/clusters.csv")
rows <- rows[rows$id <= 45, ]
for (v in c("y1", "y2", "y3", "x1")) rows[[v]][runif(nrow(rows)) < 0.12] <- NA
# missing at random: y4 where y5 is high; a whole cluster without y2, some without w2
rows$y4[rows$y5 > 1.5 & runif(nrow(rows)) < 0.5] <- NA
rows$y2[rows$id %in% c(3, 17)] <- NA
rows$w2[rows$id %in% c(5, 11, 30, 44)] <- NA
rows <- rows[rowSums(!is.na(rows[, c("y1", "y2", "y3")])) > 0, ]
write.csv(rows, "data/gaps.csv", row.names = FALSE, quote = FALSE, na = "")
rows <- read.csv("data/gaps.csv")

# Log-likelihood of every cluster at x, of the answers given.
clusterLogl <- function(fit, data, x) {
  im <- lavaan:::lav_model_implied(lavaan:::lav_model_set_parameters(fit@Model, x))
  w <- lavNames(fit, "ov", block = 1); b <- lavNames(fit, "ov", block = 2)
  z <- setdiff(b, w); both <- intersect(w, b); p <- length(w)
  SW <- im$cov[[1]]; B <- im$cov[[2]]; dimnames(B) <- list(b, b)
  SB <- matrix(0, p, p, dimnames = list(w, w)); SB[both, both] <- B[both, both]
  mu <- setNames(as.vector(im$mean[[1]]), w); mb <- setNames(as.vector(im$mean[[2]]), b)
  mu[both] <- mu[both] + mb[both]
  C <- matrix(0, length(z), p, dimnames = list(z, w)); C[, both] <- B[z, both]
  Y <- as.matrix(data[, w]); Z <- as.matrix(data[, z, drop = FALSE])
  sapply(split(seq_len(nrow(data)), factor(data$id, levels = unique(data$id))), function(k) {
    s <- length(k)
    V <- kronecker(matrix(1, s, s), SB) + kronecker(diag(s), SW)
    y <- as.vector(t(Y[k, ])); m <- rep(mu, s)
    if (length(z)) { D <- kronecker(matrix(1, 1, s), C); V <- rbind(cbind(B[z, z], D), cbind(t(D), V)); y <- c(Z[k[1], ], y); m <- c(mb[z], m) }
    keep <- !is.na(y)
    R <- chol(V[keep, keep]); r <- backsolve(R, (y - m)[keep], transpose = TRUE)
    -0.5 * (sum(keep) * log(2 * pi) + 2 * sum(log(diag(R))) + sum(r^2))
  })
}

fitted <- function(syntax, options) polishLevels(suppressWarnings(do.call("sem", c(list(model = syntax, data = rows, cluster = "id", missing = "ml", baseline = FALSE, h1 = FALSE, test = "none"), options))), steps = 4)
variables <- function(fit, exogenous) list(w = lavNames(fit, "ov", block = 1), b = lavNames(fit, "ov", block = 2), xw = lavNames(fit, exogenous, block = 1), xb = lavNames(fit, exogenous, block = 2))
momentModel <- function(w, b, pairs) paste0("level: 1\n", pairs(w, 1), "\nlevel: 2\n", pairs(b, 2))
all <- function(v, l) paste(sapply(seq_along(v), function(i) paste0("  ", v[i], " ~~ ", paste(v[i:length(v)], collapse = " + "))), collapse = "\n")

models <- list()
record <- function(id, syntax, options = list(), measures = TRUE, robust = FALSE, scores = FALSE) {
  message(id)
  polished <- fitted(syntax, options); fit <- polished$fit
  if (robust) {
    A <- unclass(vcov(fit)); B <- clusterMeat(fit, rows); V <- A %*% B %*% A
    fit@vcov$vcov <- V
    fit@ParTable$se <- lavaan:::lav_model_vcov_se(lavmodel = fit@Model, lavpartable = fit@ParTable, VCOV = V)
  }
  pe <- parameterEstimates(fit, remove.system.eq = FALSE, remove.eq = FALSE, remove.def = FALSE)
  pe <- pe[!(pe$op %in% c("==", "<", ">")), ]
  exo <- as.data.frame(parTable(fit)); exo <- exo$exo[!(exo$op %in% c("==", "<", ">"))] == 1
  est <- number(pe$est); est[exo] <- NA
  expected <- list(gradient = u(polished$gradient), nobs = u(sum(lavInspect(fit, "nobs"))), parameters = list(lhs = pe$lhs, op = pe$op, rhs = pe$rhs, level = inLevel(pe), est = est, se = number(pe$se)))
  if (measures) {
    v <- variables(fit, if (identical(options$fixed.x, FALSE)) "ov.nox" else "ov.x")
    xs <- function(l) if (identical(options$fixed.x, FALSE)) character(0) else if (l == 1) v$xw else v$xb
    independent <- function(names, l) paste(c(paste0("  ", names, " ~~ ", names), if (length(xs(l)) > 1) all(xs(l), l)), collapse = "\n")
    joint <- fitted(syntax, modifyList(options, list(fixed.x = FALSE)))$fit
    h1 <- fitted(momentModel(v$w, v$b, all), list(fixed.x = FALSE))
    base <- fitted(momentModel(v$w, v$b, independent), list(fixed.x = FALSE))
    of <- function(f) sum(clusterLogl(f, rows, lavaan:::lav_model_get_parameters(f@Model)))
    l0 <- of(joint); l1 <- of(h1$fit); lb <- of(base$fit)
    # what a fixed exogenous part gives to the likelihood is that of the unrestricted model
    count <- function(f) lavInspect(f, "npar") - sum(parTable(f)$op == "==")
    fixed <- function(l) { n <- length(xs(l)); n * (n + 1) / 2 + n }
    npar <- count(fit); df <- count(h1$fit) - fixed(1) - fixed(2) - npar
    dfb <- count(h1$fit) - count(base$fit)
    x2 <- 2 * (l1 - l0); x2b <- 2 * (l1 - lb); n <- sum(lavInspect(fit, "nobs")) * 1.0
    im <- h1$fit@implied
    srmr <- function(block) { a <- cov2cor(im$cov[[block]]); b <- cov2cor(joint@implied$cov[[block]]); sqrt(mean((a - b)[lower.tri(a, TRUE)]^2)) }
    expected$fitMeasures <- lapply(list(npar = npar, chisq = x2, df = df, pvalue = pchisq(x2, df, lower.tail = FALSE), baseline.chisq = x2b, baseline.df = dfb,
      cfi = 1 - max(x2 - df, 0) / max(x2 - df, x2b - dfb, 0), tli = 1 - (x2 - df) / df * dfb / (x2b - dfb), rmsea = sqrt(max(0, (x2 / n - df / n) / df)),
      logl = as.numeric(logLik(fit)), unrestricted.logl = as.numeric(logLik(fit)) + x2 / 2, aic = -2 * as.numeric(logLik(fit)) + 2 * npar, bic = -2 * as.numeric(logLik(fit)) + npar * log(n),
      srmr_within = srmr(1), srmr_between = srmr(2)), u)
    moments <- h1$fit@implied
    names <- v$w; icc <- sapply(names, function(x) { i <- match(x, v$w); k <- match(x, v$b); if (is.na(k)) 0 else moments$cov[[2]][k, k] / (moments$cov[[2]][k, k] + moments$cov[[1]][i, i]) })
    expected$icc <- lapply(as.list(icc), u)
  }
  if (scores) {
    s <- expectedFactors(fit, rows, 8)
    expected$scores <- lapply(s, function(m) list(latent = colnames(m), first = unname(head(m, 20))))
  }
  job <- list(fun = u("sem"), syntax = u(syntax), dataFile = u("data/gaps.csv"), options = lapply(c(options, list(cluster = "id", missing = "ml", estimator = if (robust) "MLR" else "ML")), u))
  models[[length(models) + 1]] <<- list(id = u(id), job = job, robust = u(robust), expected = expected)
  write(toJSON(list(lavaan = u(as.character(packageVersion("lavaan"))), R = u(R.version.string), models = models), digits = I(14), na = "null", null = "null"), "expected.json")
}
cfa <- "level: 1\n  fw =~ y1 + y2 + y3\nlevel: 2\n  fb =~ y1 + y2 + y3"
equal <- "level: 1\n  f =~ y1 + a*y2 + b*y3\nlevel: 2\n  f =~ y1 + a*y2 + b*y3"
record("equal loadings", equal, scores = TRUE)
record("equal loadings, robust", equal, robust = TRUE, measures = FALSE)
record("between covariate, fixed", paste0(cfa, "\n  fb ~ w1"))
record("covariates with gaps, random", "level: 1\n  fw =~ y1 + y2 + y3\n  fw ~ x1\nlevel: 2\n  fb =~ y1 + y2 + y3\n  fb ~ w1 + w2", list(fixed.x = FALSE), scores = TRUE, measures = FALSE)
record("paths of observed variables", "level: 1\n  y3 ~ a*y1 + y2\n  y2 ~ b*y1\nlevel: 2\n  y3 ~ y1 + c*y2\n  y2 ~ d*y1\n  within := a*b\n  between := c*d", list(fixed.x = FALSE), measures = FALSE)
record("four indicators, equal loadings", "level: 1\n  f =~ y1 + a*y2 + b*y3 + c*y4\nlevel: 2\n  f =~ y1 + a*y2 + b*y3 + c*y4", measures = FALSE)
