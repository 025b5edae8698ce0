# What lavaan 0.6-14 does not compute as maximum likelihood has it, done here from
# the density of whole clusters, by numerical derivatives:
# - its optimum under equalities across groups weighs each group by its size twice:
#   Newton steps on the gradient without group weights go to the maximum;
# - its mean of a fixed exogenous variable of both levels lacks what the saturated
#   model puts at level 1: it is moved to level 2;
# - its cluster scores miss a term where level-1 means are not zero, and weigh groups
#   by rows instead of clusters: robust standard errors and scaled tests of such models
#   come from scores computed here;
# - its SRMR uses a saturated model estimated to few digits: computed from the EM solution.

gradientOf <- function(fit, M) function(x) as.numeric(lavaan:::lav_model_gradient(lavaan:::lav_model_set_parameters(M, x), lavsamplestats = fit@SampleStats, lavdata = fit@Data, lavcache = fit@Cache, type = "free", group.weight = FALSE, ceq.simple = FALSE))

# Fixed means of exogenous variables of both levels, with their level-1 part.
wholeMeans <- function(fit) {
  pt <- fit@ParTable
  for (i in which(pt$op == "~1" & pt$exo == 1 & pt$block %% 2 == 0)) {
    within <- lavNames(fit, "ov", block = pt$block[i] - 1)
    if (!(pt$lhs[i] %in% within)) next
    pt$est[i] <- pt$ustart[i] <- sum(fit@h1$implied$mean[[pt$block[i] - 1]][match(pt$lhs[i], within)], fit@h1$implied$mean[[pt$block[i]]][match(pt$lhs[i], lavNames(fit, "ov", block = pt$block[i]))])
  }
  pt$start <- pt$est
  pt
}

polishLevels <- function(fit, steps = 12) {
  pt <- wholeMeans(fit)
  M <- fit@Model
  x <- lavaan:::lav_model_get_parameters(M)
  M <- lavaan:::lav_model(lavpartable = as.list(pt), lavoptions = fit@Options, th.idx = list())
  M <- lavaan:::lav_model_set_parameters(M, x)
  gradient <- gradientOf(fit, M)
  K <- if (M@eq.constraints) M@eq.constraints.K else diag(length(x))
  last <- Inf
  for (iteration in seq_len(steps)) {
    g <- drop(crossprod(K, gradient(x)))
    H <- sapply(seq_len(ncol(K)), function(j) { h <- 1e-5 * max(1, max(abs(K[, j] * x))); (gradient(x + h * K[, j]) - gradient(x - h * K[, j])) / (2 * h) })
    Hk <- crossprod(K, H); Hk <- (Hk + t(Hk)) / 2
    step <- solve(Hk, g)
    x <- x - drop(K %*% step)
    last <- max(abs(drop(crossprod(K, gradient(x)))))
    if (max(abs(step)) < 1e-13) break
  }
  options <- fit@Options
  options$optim.method <- "none"
  out <- suppressWarnings(lavaan(slotOptions = options, slotParTable = pt, slotModel = lavaan:::lav_model_set_parameters(M, x), slotSampleStats = fit@SampleStats, slotData = fit@Data, slotCache = fit@Cache))
  list(fit = out, gradient = last)
}

# Log-likelihood of every cluster at x: the normal density of all its rows.
clusterLogl <- function(fit, data, x) {
  im <- lavaan:::lav_model_implied(lavaan:::lav_model_set_parameters(fit@Model, x))
  labels <- lavInspect(fit, "group.label")
  grouped <- lavInspect(fit, "ngroups") > 1
  unlist(lapply(seq_len(lavInspect(fit, "ngroups")), function(g) {
    rows <- if (grouped) data[data$school == labels[g], ] else data
    w <- lavNames(fit, "ov", block = 2 * g - 1); b <- lavNames(fit, "ov", block = 2 * g)
    z <- setdiff(b, w); both <- intersect(w, b); p <- length(w)
    SW <- im$cov[[2 * g - 1]]; B <- im$cov[[2 * g]]; dimnames(B) <- list(b, b)
    SB <- matrix(0, p, p, dimnames = list(w, w)); SB[both, both] <- B[both, both]
    mu <- setNames(as.vector(im$mean[[2 * g - 1]]), w); mb <- setNames(as.vector(im$mean[[2 * g]]), b)
    mu[both] <- mu[both] + mb[both]
    C <- matrix(0, length(z), p, dimnames = list(z, w)); C[, both] <- B[z, both]
    Y <- as.matrix(rows[, w]); Z <- as.matrix(rows[, z, drop = FALSE])
    sapply(split(seq_len(nrow(rows)), factor(rows$id, levels = unique(rows$id))), function(k) {
      s <- length(k)
      V <- kronecker(matrix(1, s, s), SB) + kronecker(diag(s), SW)
      y <- as.vector(t(Y[k, ])); m <- rep(mu, s)
      if (length(z)) { D <- kronecker(matrix(1, 1, s), C); V <- rbind(cbind(B[z, z], D), cbind(t(D), V)); y <- c(Z[k[1], ], y); m <- c(mb[z], m) }
      R <- chol(V); r <- backsolve(R, y - m, transpose = TRUE)
      -0.5 * (length(y) * log(2 * pi) + 2 * sum(log(diag(R))) + sum(r^2))
    })
  }))
}

# B = sum of the outer products of the clusters' scores.
clusterMeat <- function(fit, data) {
  x <- lavaan:::lav_model_get_parameters(fit@Model)
  h <- 2e-4
  S <- sapply(seq_along(x), function(j) {
    at <- function(k) clusterLogl(fit, data, replace(x, j, x[j] + k * h))
    (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h)
  })
  crossprod(S)
}

# A^-1 of a fit at its optimum from lavaan's observed information.
bread <- function(fit) {
  options <- fit@Options
  options$optim.method <- "none"; options$se <- "standard"; options$test <- "none"; options$baseline <- FALSE
  unclass(vcov(suppressWarnings(lavaan(slotOptions = options, slotParTable = fit@ParTable, slotModel = fit@Model, slotSampleStats = fit@SampleStats, slotData = fit@Data, slotCache = fit@Cache))))
}

# Replaces robust standard errors and the scaled test of a fit by those of the clusters' scores.
robustByScores <- function(fit, data) {
  A <- bread(fit); B <- clusterMeat(fit, data)
  V <- A %*% B %*% A
  fit@vcov$vcov <- V
  fit@ParTable$se <- lavaan:::lav_model_vcov_se(lavmodel = fit@Model, lavpartable = fit@ParTable, VCOV = V)
  # the unrestricted model: all variables random, without the moments of fixed exogenous ones
  grouped <- lavInspect(fit, "ngroups") > 1
  blocks <- lapply(seq_len(lavInspect(fit, "ngroups")), function(g) {
    lines <- sapply(0:1, function(l) { v <- lavNames(fit, "ov", block = 2 * g - 1 + l); paste0("level: ", l + 1, "\n", paste(sapply(seq_along(v), function(i) paste0("  ", v[i], " ~~ ", paste(v[i:length(v)], collapse = " + "))), collapse = "\n")) })
    paste0(if (grouped) paste0("group: ", lavInspect(fit, "group.label")[g], "\n"), paste(lines, collapse = "\n"))
  })
  h1 <- polishLevels(suppressWarnings(do.call("sem", c(list(model = paste(blocks, collapse = "\n"), data = data, cluster = "id", fixed.x = FALSE), if (grouped) list(group = "school")))))$fit
  own <- as.data.frame(parTable(fit)); key <- function(t) paste(t$op, t$block, pmin(t$lhs, t$rhs), pmax(t$lhs, t$rhs))
  pt <- as.data.frame(parTable(h1)); keep <- !(key(pt[pt$free > 0, ]) %in% key(own[own$exo == 1, ]))
  A1 <- solve(bread(h1))[keep, keep]; B1 <- clusterMeat(h1, data)[keep, keep]
  trace0 <- sum(A * B); trace1 <- sum(solve(A1) * B1)
  df <- fit@test[[2]]$df
  c <- (trace1 - trace0) / df
  fit@test[[2]]$scaling.factor <- c
  fit@test[[2]]$stat <- fit@test[[1]]$stat / c
  fit@test[[2]]$pvalue <- 1 - pchisq(fit@test[[2]]$stat, df)
  list(fit = fit, h0 = trace0 / sum(own$free > 0), h1 = trace1 / sum(keep))
}

srmrOf <- function(fit) {
  n <- rep(lavInspect(fit, "nobs"), each = 2)
  blocks <- sapply(seq_along(fit@implied$cov), function(b) { r <- cov2cor(fit@h1$implied$cov[[b]]) - cov2cor(fit@implied$cov[[b]]); sqrt(mean(r[lower.tri(r, TRUE)]^2)) })
  level <- function(l) sum((n * blocks)[seq_along(blocks) %% 2 == l]) / sum(lavInspect(fit, "nobs"))
  list(srmr = level(1) + level(0), srmr_within = level(1), srmr_between = level(0))
}
