# Expected numbers of both study notebooks, from R and lavaan, on the committed
# data files. Run: npm run golden studies   (cwd: this folder)
suppressPackageStartupMessages({ library(lavaan); library(jsonlite) })
data_dir <- "../../../notebooks/data"

longest_run <- function(x) max(rle(as.numeric(x))$lengths)

screen <- function(raw, items, attention, answer, seconds, least, long) {
  fails_attention <- raw[[attention]] != answer
  fails_seconds <- !fails_attention & raw[[seconds]] < least
  runs <- apply(raw[, items], 1, longest_run)
  fails_long <- !fails_attention & !fails_seconds & runs > long
  list(
    data = raw[!fails_attention & !fails_seconds & !fails_long, ],
    flow = list(returned = nrow(raw), attention = sum(fails_attention), seconds = sum(fails_seconds),
                longString = sum(fails_long), valid = sum(!fails_attention & !fails_seconds & !fails_long))
  )
}

alpha_of <- function(x) { k <- ncol(x); v <- var(x); k / (k - 1) * (1 - sum(diag(v)) / sum(v)) }

# --- word of mouth -----------------------------------------------------------
wom_items <- list(EXP = paste0("EXP", 1:4), REL = c("REL1", "REL2", "REL3", "REL4r"), FUN = paste0("FUN", 1:3),
                  CRE = paste0("CRE", 1:4), SELF = paste0("SELF", 1:3), ALT = paste0("ALT", 1:3), WOM = paste0("WOM", 1:3))
raw <- read.csv(file.path(data_dir, "wom.csv"), fileEncoding = "UTF-8-BOM")
screened <- screen(raw, unlist(wom_items), "ATT", 4, "seconds", 60, 12)
d <- screened$data
d$REL4r <- 6 - d$REL4r
for (name in c("gender", "years", "age", "education", "frequency")) d[[name]][d[[name]] == 9] <- NA
for (name in names(wom_items)) d[[name]] <- rowMeans(d[, wom_items[[name]]])

block1 <- lm(WOM ~ factor(gender) + years, d)
block2 <- lm(WOM ~ factor(gender) + years + EXP + REL + FUN + CRE + SELF + ALT, d)
coefficients_of <- function(fit) {
  s <- summary(fit)$coefficients
  x <- model.matrix(fit); y <- model.response(model.frame(fit))
  beta <- coef(fit) * apply(x, 2, sd) / sd(y)
  list(term = rownames(s), estimate = s[, 1], stdError = s[, 2], statistic = s[, 3], pValue = s[, 4], beta = unname(beta))
}
glance_of <- function(fit) { s <- summary(fit); list(n = nobs(fit), rSquared = s$r.squared, adjRSquared = s$adj.r.squared, sigma = s$sigma, fStatistic = unname(s$fstatistic[1])) }
e <- residuals(block2)
step <- anova(block1, block2)
gender_test <- t.test(WOM ~ gender, d, var.equal = TRUE)
years_anova <- summary(aov(WOM ~ factor(years), d))[[1]]
wom <- list(
  flow = screened$flow,
  alpha = lapply(wom_items, function(items) alpha_of(d[, items])),
  correlation = cor(d[, names(wom_items)]),
  block1 = c(coefficients_of(block1), glance_of(block1)),
  block2 = c(coefficients_of(block2), glance_of(block2), list(durbinWatson = sum(diff(e)^2) / sum(e^2), fChange = step$F[2], fChangeP = step$`Pr(>F)`[2])),
  gender = list(t = unname(gender_test$statistic), df = unname(gender_test$parameter), pValue = gender_test$p.value),
  years = list(f = years_anova$`F value`[1], df1 = years_anova$Df[1], df2 = years_anova$Df[2], pValue = years_anova$`Pr(>F)`[1])
)

# --- continuance -------------------------------------------------------------
factors <- c("USE", "TIM", "PRO", "EOU", "INT", "BRO", "SEC", "NORM", "CONF", "SAT", "CONT")
items <- unlist(lapply(factors, function(f) paste0(f, 1:3)))
raw <- read.csv(file.path(data_dir, "continuance.csv"), fileEncoding = "UTF-8-BOM")
screened <- screen(raw, items, "ATT", 2, "seconds", 90, 15)
d <- screened$data
measurement <- paste(sprintf("%s =~ %s1 + %s2 + %s3", factors, factors, factors, factors), collapse = "\n")
structural <- paste(measurement, "
INFO =~ USE + TIM + PRO
PLAT =~ EOU + INT + BRO
CONF ~ a1*INFO + a2*PLAT + a3*SEC
SAT  ~ b*CONF
CONT ~ c*SAT + d1*INFO + d2*NORM
INFO_CONF_SAT := a1*b
PLAT_CONF_SAT := a2*b
SEC_CONF_SAT  := a3*b
CONF_SAT_CONT := b*c
INFO_CONT := a1*b*c
PLAT_CONT := a2*b*c
SEC_CONT  := a3*b*c
INFO_total := d1 + a1*b*c
")
# lavaan stops early: Newton steps on its own gradient take its noise below every digit compared
source("../sem/polish.R", chdir = TRUE)
polished <- function(fitter, model) polish(fitter(model, d))$fit

report <- function(fit) {
  p <- parameterEstimates(fit, standardized = TRUE)
  m <- fitMeasures(fit, c("npar", "chisq", "df", "pvalue", "cfi", "tli", "rmsea", "rmsea.ci.lower", "rmsea.ci.upper", "rmsea.pvalue", "srmr", "gfi", "agfi", "nfi", "ifi", "aic", "bic", "logl"))
  list(lhs = p$lhs, op = p$op, rhs = p$rhs, est = p$est, se = p$se, z = p$z, p = p$pvalue, stdAll = p$std.all, measures = as.list(m), r2 = as.list(lavInspect(fit, "rsquare")), n = lavInspect(fit, "nobs"))
}
continuance <- list(
  flow = screened$flow,
  alpha = setNames(lapply(factors, function(f) alpha_of(d[, paste0(f, 1:3)])), factors),
  measurement = report(polished(cfa, measurement)),
  structural = report(polished(sem, structural))
)

write(toJSON(list(
  versions = list(R = R.version.string, lavaan = as.character(packageVersion("lavaan"))),
  wom = wom, continuance = continuance
), auto_unbox = TRUE, digits = NA, na = "null", pretty = 1), "expected.json")
