# Names, order and coding of terms as R's lm() has them: the variables of an
# interaction in the order in which the formula first names them, contrasts
# where the margin is in the model or part of an earlier term, all levels
# otherwise. Writes expected.json.
suppressMessages(library(jsonlite))
d <- read.csv("../sem/data/hs.csv")
formulas <- c(
  "x9 ~ x2 + x1:x2", "x9 ~ x3 + ageyr + x1*x2*x3", "x8 ~ factor(school) + x3 + x1*x3", "x9 ~ x1*x3 + x4*factor(sex) + x1*x2*x3 + factor(school):x1",
  "x8 ~ x1:x2 + factor(sex) + factor(school):x1", "x8 ~ x2 + x1:x2 + factor(school):x1 - 1", "x8 ~ factor(school):factor(sex)", "x8 ~ factor(school):factor(sex) - 1",
  "x8 ~ factor(sex) + factor(school):factor(sex)", "x8 ~ 0 + factor(school) + factor(sex)", "x8 ~ (x1 + x2 + x3)^2", "x8 ~ factor(school):x1", "x8 ~ x1 + factor(school):x1", "x8 ~ factor(school)*factor(sex)*x1 - factor(sex):x1"
)
out <- lapply(formulas, function(f) { m <- lm(as.formula(f), d); list(formula = f, terms = names(coef(m)), estimates = unname(coef(m)), rSquared = summary(m)$r.squared) })
write_json(list(versions = list(R = as.character(getRversion())), fits = out), "expected.json", auto_unbox = TRUE, digits = NA, pretty = TRUE)
