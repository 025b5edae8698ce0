# Expected answers of ordinal models, by lavaan: sampling weights, invariance over
# groups, robust indices, fewer rows than moments, factor scores.
# Run: LC_ALL=C.UTF-8 Rscript make.R   (reads ../sem/data and ../sem/polish.R, writes expected.json and data/*.csv)
suppressMessages({library(lavaan); library(jsonlite)})
source("../sem/polish.R")
u <- unbox
number <- function(v) { v <- as.numeric(v); v[!is.finite(v)] <- NA; v }
dir.create("data", showWarnings = FALSE)
ordinal <- read.csv("../sem/data/ordinal.csv")
set.seed(11); ordinal$w <- round(runif(nrow(ordinal), .4, 2.2), 3)
write.csv(ordinal, "data/ordinal.csv", row.names = FALSE, quote = FALSE)
write.csv(ordinal[1:120, ], "data/few.csv", row.names = FALSE, quote = FALSE)
file.copy("../sem/data/hs.csv", "data/hs.csv", overwrite = TRUE)
models <- list()
scores <- list()

fitted_by <- function(syntax, data, fun, options) {
  default <- suppressWarnings(do.call(fun, c(list(model = syntax, data = read.csv(paste0("data/", data, ".csv"))), options)))
  if (!lavInspect(default, "converged")) stop("not converged")
  polish(default)
}
jobOf <- function(syntax, data, fun, options) list(fun = u(fun), syntax = u(syntax), dataFile = u(paste0("data/", data, ".csv")), options = lapply(options, function(v) if (length(v) == 1) u(v) else v))

record <- function(id, syntax, options = list(), data = "ordinal", fun = "cfa") {
  message(id)
  polished <- fitted_by(syntax, data, fun, options)
  fit <- polished$fit
  pe <- parameterEstimates(fit, standardized = TRUE, remove.system.eq = FALSE, remove.eq = FALSE, remove.ineq = FALSE, remove.def = FALSE)
  pe <- pe[!(pe$op %in% c("==", "<", ">")), ]
  models[[length(models) + 1]] <<- list(id = u(id), job = jobOf(syntax, data, fun, options), expected = list(
    gradient = u(polished$gradient), df = u(unname(fitMeasures(fit, "df"))), nobs = u(sum(lavInspect(fit, "nobs"))), ngroups = u(lavInspect(fit, "ngroups")),
    parameters = list(lhs = pe$lhs, op = pe$op, rhs = pe$rhs, group = if (is.null(pe$block)) rep(1L, nrow(pe)) else as.integer(pe$block), est = number(pe$est), se = number(pe$se), z = number(pe$z), p = number(pe$pvalue), ci.lower = number(pe$ci.lower), ci.upper = number(pe$ci.upper), std.lv = number(pe$std.lv), std.all = number(pe$std.all)),
    fitMeasures = lapply(as.list(fitMeasures(fit)), function(v) u(number(v)))))
}

# Where the scales of the latent responses are not 1 (theta; free scales of a group), lavaan's
# scores do not maximize the posterior of its own estimates, and under theta differ from those
# under delta in more than scale: there the posterior itself is maximized.
modes <- function(fit) {
  est <- lavInspect(fit, "est"); data <- lavInspect(fit, "data")
  if (!is.list(data)) { est <- list(est); data <- list(data) }
  lapply(seq_along(data), function(g) {
    P <- est[[g]]; y <- data[[g]]; s <- sqrt(diag(P$theta)); K <- solve(P$psi); nu <- drop(P$nu); alpha <- drop(P$alpha)
    th <- lapply(colnames(y), function(v) c(-Inf, P$tau[sub("[|].*", "", rownames(P$tau)) == v, 1], Inf))
    value <- function(e, i) { m <- nu + drop(P$lambda %*% e); -sum(sapply(seq_along(th), function(j) log(pnorm((th[[j]][y[i, j] + 1] - m[j]) / s[j]) - pnorm((th[[j]][y[i, j]] - m[j]) / s[j])))) + .5 * drop(t(e - alpha) %*% K %*% (e - alpha)) }
    out <- t(sapply(seq_len(60), function(i) optim(rep(0, ncol(P$lambda)), value, i = i, method = "BFGS", control = list(reltol = 1e-15))$par))
    colnames(out) <- colnames(P$lambda)
    out
  })
}

scored <- function(id, syntax, method, options, data = "ordinal", fun = "cfa") {
  message(id)
  fit <- fitted_by(syntax, data, fun, options)$fit
  found <- if (identical(options$parameterization, "theta") || !is.null(options$group)) modes(fit) else lavPredict(fit, method = method)
  found <- if (is.list(found)) unname(found) else list(found)
  scores[[length(scores) + 1]] <<- list(id = u(id), method = u(method), syntax = u(syntax), data = u(data), fun = u(fun), options = lapply(options, function(v) if (length(v) == 1) u(v) else v), names = colnames(found[[1]]), groups = lapply(found, function(m) unname(m)[seq_len(min(60, nrow(m))), , drop = FALSE]))
}

two <- "f =~ u1 + u2 + u3 + u4\ng =~ u5 + u6 + u7 + u8"
all <- paste0("u", 1:8)
record("weights", two, list(ordered = all, sampling.weights = "w"))
record("weights-five", "f =~ v1 + v2 + v3 + v4 + v5\ng =~ v6 + v7 + v8 + v9 + v10\ng ~ f", list(ordered = paste0("v", 1:10), sampling.weights = "w"), fun = "sem")
record("weights-mixed", "f =~ u1 + u2 + y1 + y2\ng =~ u5 + u6 + y3", list(ordered = c("u1", "u2", "u5", "u6"), sampling.weights = "w"))
record("weights-covariate", paste0(two, "\nf ~ x1 + x2\ng ~ f + x1"), list(ordered = all, sampling.weights = "w"), fun = "sem")
record("weights-groups", two, list(ordered = all, sampling.weights = "w", group = "site"))
for (equal in list("thresholds", c("thresholds", "loadings"), c("thresholds", "loadings", "intercepts"), c("thresholds", "loadings", "lv.variances"))) for (p in c("delta", "theta")) record(paste(c("groups", equal, p), collapse = "-"), "f =~ v1 + v2 + v3 + v4 + v5", list(ordered = paste0("v", 1:5), group = "site", group.equal = equal, parameterization = p))
record("groups-residuals-theta", "f =~ v1 + v2 + v3 + v4 + v5", list(ordered = paste0("v", 1:5), group = "site", group.equal = c("thresholds", "loadings", "residuals"), parameterization = "theta"))
record("groups-binary", "f =~ b1 + b2 + b3 + b4", list(ordered = paste0("b", 1:4), group = "site", group.equal = c("thresholds", "loadings")))
record("joint-binary-covariate", "f =~ u1 + u2 + u3 + u4\nf ~ x1 + x2", list(ordered = paste0("u", 1:4), conditional.x = FALSE), fun = "sem")
record("few-rows", "f =~ v1 + v2 + v3 + v4 + v5 + u1 + u2 + u3 + u4\ng =~ v6 + v7 + v8 + v9 + v10 + u5 + u6 + u7 + u8", list(ordered = c(paste0("v", 1:10), all)), data = "few")
record("few-rows-ulsmv", "f =~ v1 + v2 + v3 + v4 + v5 + u1 + u2 + u3 + u4\ng =~ v6 + v7 + v8 + v9 + v10 + u5 + u6 + u7 + u8", list(ordered = c(paste0("v", 1:10), all), estimator = "ULSMV"), data = "few")
three <- "visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\nspeed =~ x7 + x8 + x9"
for (e in c("WLSM", "WLSMV", "ULSM", "ULSMV")) record(paste0(tolower(e), "-continuous"), three, list(estimator = e), data = "hs")

scored("ebm", two, "EBM", list(ordered = all))
scored("ebm-theta", two, "EBM", list(ordered = all, parameterization = "theta"))
scored("ebm-structural", "f =~ v1 + v2 + v3 + v4 + v5\ng =~ v6 + v7 + v8 + v9 + v10\ng ~ f", "EBM", list(ordered = paste0("v", 1:10)), fun = "sem")
scored("ebm-mixed", "f =~ u1 + u2 + y1 + y2\ng =~ u5 + u6 + y3", "EBM", list(ordered = c("u1", "u2", "u5", "u6")))
scored("ebm-covariate", paste0(two, "\nf ~ x1 + x2\ng ~ f"), "EBM", list(ordered = all), fun = "sem")
scored("ebm-groups", two, "EBM", list(ordered = all, group = "site", group.equal = c("thresholds", "loadings")))
scored("ebm-binary", "f =~ b1 + b2 + b3 + b4", "EBM", list(ordered = paste0("b", 1:4)))
scored("ml", "f =~ v1 + v2 + v3 + v4 + v5 + u1 + u2 + u3 + u4", "ML", list(ordered = c(paste0("v", 1:5), paste0("u", 1:4))))
scored("ml-mixed", "f =~ v1 + v2 + v3 + y1 + y2", "ML", list(ordered = paste0("v", 1:3)))

message("bootstrap")
set.seed(97)
four <- cfa("f =~ u1 + u2 + u3 + u4", read.csv("data/ordinal.csv"), ordered = paste0("u", 1:4))
drawn <- suppressWarnings(bootstrapLavaan(four, R = 400))
spread <- list(draws = u(nrow(drawn)), names = names(coef(four)), sd = number(apply(drawn, 2, sd)))

write(toJSON(list(lavaan = u(as.character(packageVersion("lavaan"))), R = u(R.version.string), models = models, scores = scores, bootstrap = spread), digits = I(15), na = "null"), "expected.json")
