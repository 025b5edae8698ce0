# Expected answers of ordinal models over groups: every kind of group.equal with partial
# exceptions under delta and theta, the ladder of Wu & Estabrook (2016) as lavaan syntax,
# estimators with their standard errors and tests, mixed items, exploratory blocks.
# Run: LC_ALL=C.UTF-8 Rscript make.R   (reads ../sem/data, ../sem/polish.R and ../sem/record.R, writes expected.json)
here <- getwd(); setwd("../sem"); source("record.R"); setwd(here)
dataPath <- function(data) paste0("../sem/data/", data, ".csv")
set <- function(prefix, n) paste0(prefix, seq_len(n))
keep <- record

four <- "f =~ v1 + v2 + v3 + v4"
two <- "f =~ u1 + u2 + u3 + u4\ng =~ u5 + u6 + u7 + u8"
for (p in c("delta", "theta")) {
  g <- function(id, equal, partial = NULL, syntax = four, ordered = set("v", 4), mi = FALSE, ...) keep(paste("groups", id, p, sep = "-"), syntax, "ordinal", "cfa", c(list(group = "site", ordered = ordered, parameterization = p, group.equal = equal), if (length(partial)) list(group.partial = partial), list(...)), mi = mi)
  g("loadings", "loadings", mi = TRUE)
  g("loadings-intercepts", c("loadings", "intercepts"))
  g("intercepts", "intercepts")
  g("thresholds-partial", c("thresholds", "loadings"), "v2|t1", mi = TRUE)
  g("thresholds-loading-partial", c("thresholds", "loadings"), c("v2|t1", "v3|t2", "f=~v3"))
  g("intercepts-partial", c("thresholds", "loadings", "intercepts"), c("v2~1", "v2|t3"))
  g("variances", c("thresholds", "loadings", "lv.variances"), std.lv = TRUE)
  g("means", c("thresholds", "loadings", "means"))
  g("means-partial", c("thresholds", "loadings", "means"), "f~1")
  g("covariances", c("thresholds", "loadings", "lv.variances", "lv.covariances"), syntax = two, ordered = set("u", 8))
  g("covariances-partial", c("thresholds", "loadings", "lv.variances", "lv.covariances"), c("f~~g", "u3|t2"), syntax = two, ordered = set("u", 8))
  g("residuals", c("thresholds", "loadings", "residuals"))
  g("residuals-partial", c("thresholds", "loadings", "residuals"), "v2~~v2")
  g("regressions", c("loadings", "thresholds", "regressions"), syntax = paste0(two, "\ng ~ f"), ordered = set("u", 8))
  g("binary-partial", c("thresholds", "loadings"), "b2|t1", syntax = "f =~ b1 + b2 + b3 + b4", ordered = set("b", 4))
  g("mixed", c("loadings", "thresholds"), syntax = "f =~ u1 + u2 + y1 + y2", ordered = set("u", 2))
  g("mixed-intercepts-partial", c("loadings", "intercepts"), "y2~1", syntax = "f =~ u1 + u2 + y1 + y2", ordered = set("u", 2))
  # Wu & Estabrook (2016): thresholds first; then scales and intercepts of the later group are free
  items <- set("v", 4)
  ladder <- function(rung) paste(c(
    paste("f =~", if (rung == "thresholds") "NA*v1 + v2 + v3 + v4" else paste0("c(NA,NA)*v1 + c(l1,l1)*v1 + ", paste0("c(l", 2:4, ",l", 2:4, ")*v", 2:4, collapse = " + "))),
    sapply(items, function(x) paste0(x, " | ", paste0("c(", x, "t", 1:4, ",", x, "t", 1:4, ")*t", 1:4, collapse = " + "))),
    if (p == "delta") paste0(items, " ~*~ c(1,NA)*", items) else paste0(items, " ~~ c(1,NA)*", items),
    paste0(items, " ~ c(0,", if (rung == "intercepts") "0" else "NA", ")*1"),
    paste0("f ~~ c(1,", if (rung == "thresholds") "1" else "NA", ")*f"), paste0("f ~ c(0,", if (rung == "intercepts") "NA" else "0", ")*1")), collapse = "\n")
  for (rung in c("thresholds", "loadings", "intercepts")) keep(paste("wu-estabrook", rung, p, sep = "-"), ladder(rung), "ordinal", "cfa", list(group = "site", ordered = items, parameterization = p), std = rung == "intercepts")
}
for (e in c("WLS", "DWLS", "ULS", "WLSM", "WLSMVS", "ULSM", "ULSMV", "ULSMVS")) {
  keep(paste0("estimator-", tolower(e)), two, "ordinal", "cfa", list(ordered = set("u", 8), estimator = e), mi = TRUE)
  keep(paste0("estimator-", tolower(e), "-mixed"), "f =~ u1 + u2 + y1 + y2\ng =~ u5 + u6 + y3", "ordinal", "cfa", list(ordered = c("u1", "u2", "u5", "u6"), estimator = e, group = "site"))
}
# lavaan 0.6-14 stops with an error of its own at scaled tests of ULS with standard errors `standard`
for (s in c("robust.sem", "standard")) for (t in c("satorra.bentler", "mean.var.adjusted", "scaled.shifted")) for (e in if (s == "standard") "DWLS" else c("DWLS", "ULS")) keep(paste("asked", tolower(e), s, t, sep = "-"), two, "ordinal", "cfa", list(ordered = set("u", 8), estimator = e, se = s, test = t))
for (p in c("delta", "theta")) {
  keep(paste0("covariate-groups-", p), paste0(two, "\nf ~ x1\ng ~ f"), "ordinal", "sem", list(ordered = set("u", 8), group = "site", parameterization = p))
  keep(paste0("covariate-joint-", p), paste0(two, "\nf ~ x1"), "ordinal", "sem", list(ordered = set("u", 8), conditional.x = FALSE, parameterization = p))
  keep(paste0("direct-effect-", p), paste0(two, "\nf ~ x1 + x2\nu2 ~ x1"), "ordinal", "sem", list(ordered = set("u", 8), parameterization = p), std = TRUE)
  keep(paste0("mixed-covariate-", p), "f =~ u1 + u2 + y1 + y2\ng =~ u5 + u6 + y3\nf ~ x1 + x2\ng ~ f", "ordinal", "sem", list(ordered = c("u1", "u2", "u5", "u6"), parameterization = p), std = TRUE)
  for (m in c("pairwise", "listwise")) keep(paste("missing", m, "groups", p, sep = "-"), two, "ordinalmissing", "cfa", list(ordered = set("u", 8), missing = m, group = "site", parameterization = p))
  keep(paste0("constraints-", p), "f =~ v1 + v2 + v3\ng =~ v6 + v7 + v8\nh =~ u1 + u2 + u3\ng ~ a*f\nh ~ b*g + c*f\nind := a*b\ntot := c + a*b\na == b", "ordinal", "sem", list(ordered = c(set("v", 8), set("u", 3)), parameterization = p), std = TRUE)
}
for (r in c("varimax", "oblimin", "geomin")) keep(paste0("efa-", r), "efa(\"e\")*f1 + efa(\"e\")*f2 =~ v1 + v2 + v3 + v4 + v6 + v7 + v8 + v9", "ordinal", "cfa", list(ordered = set("v", 10), rotation = r))
write(toJSON(list(lavaan = u(as.character(packageVersion("lavaan"))), R = u(R.version.string), models = models), digits = I(15), na = "null"), "expected.json")
