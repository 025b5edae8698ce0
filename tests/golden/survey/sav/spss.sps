* Files that PSPP writes: dictionary parts that haven cannot make.
* Run by make.R, from the folder that gets the files.
SET DECIMAL=DOT.
DATA LIST LIST (";") NOTABLE
  /id (F8.0) satisfaction (F8.2) a_very_long_variable_name_for_tests (F8.0) code (A2) city (A12) story (A700) born (DATE11) seen (DATETIME20) took (TIME11.2) q1 q2 q3 (F1.0) w (F4.1).
BEGIN DATA
1;4.25;1;aa;Berlin;"short story";01-JAN-1990;24-JUN-2024 13:45:10;01:30:00.50;1;0;1;1.0
2;;2;ZZ;"Xi'an";"";31-DEC-1899;01-MAR-1950 00:00:00;00:00:01.00;0;1;1;2.5
3;98;9;bb;"N/A";"end";29-FEB-2000;29-FEB-2000 23:59:59;25:00:00.00;1;1;0;0.5
4;97.5;8;;"";"another, with a comma";.;.;.;;;;1
5;-3;3;aa;Bonn;"last";15-OCT-1582;15-OCT-1582 00:00:00;-00:10:00;0;0;0;1
END DATA.
COMPUTE story = CONCAT(RTRIM(story), " ", RPAD("", 300, "x"), " mid ", RPAD("", 300, "y"), " tail").
IF (id = 2) story = "".
VARIABLE LABELS id "Respondent" satisfaction "Overall satisfaction, a label of more than a hundred and twenty characters so that it does not fit into the space that old programs gave to labels" city "City / 城市" story "Free text".
VALUE LABELS a_very_long_variable_name_for_tests 1 "never" 2 "sometimes" 3 "always" 8 "don't know" 9 "refused"
  /code "aa" "first" "bb" "second" "ZZ" "none"
  /city "Berlin" "capital" "Bonn" "former capital".
MISSING VALUES satisfaction (97 THRU HI) a_very_long_variable_name_for_tests (8, 9) code ("ZZ") city ("N/A").
VARIABLE LEVEL id (SCALE) satisfaction (SCALE) a_very_long_variable_name_for_tests (ORDINAL) code (NOMINAL).
VARIABLE ATTRIBUTE VARIABLES=satisfaction ATTRIBUTE=Source("page 3 / item 1") Note[1]("it's one") Note[2]("two").
VARIABLE ROLE /TARGET satisfaction /INPUT q1 q2 q3.
DATAFILE ATTRIBUTE ATTRIBUTE=Made("by PSPP").
MRSETS /MDGROUP NAME=$used LABEL="Used which" VARIABLES=q1 q2 q3 VALUE=1 /MCGROUP NAME=$any LABEL="Any of" VARIABLES=q1 q2.
FILE LABEL "A file with a label".
ADD DOCUMENT "First line of the document" "Second line".
WEIGHT BY w.
SAVE OUTFILE="pspp_plain.sav" /UNCOMPRESSED.
SAVE OUTFILE="pspp_bytecode.sav" /COMPRESSED.
SAVE OUTFILE="pspp_zlib.zsav" /ZCOMPRESSED.
