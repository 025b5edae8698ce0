DATA LIST LIST (",") NOTABLE /编号 (F4.0) 性别 (F1.0) 城市 (A16) 评语 (A300).
BEGIN DATA
1,1,北京,很满意㐀
2,2,上海,一般
3,9,,不好说
END DATA.
VARIABLE LABELS 性别 "您的性别" 评语 "您的意见".
VALUE LABELS 性别 1 "男" 2 "女" 9 "拒答" /城市 "北京" "首都".
MISSING VALUES 性别 (9).
SAVE OUTFILE="pspp_gb18030.sav" /COMPRESSED.
