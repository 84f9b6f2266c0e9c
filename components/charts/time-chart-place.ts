/** Height of a chart over time and where its plot lies in it, px; the axis below takes what Recharts gives one. */
export const timeChartHeight = 158;
export const timeChartInset = { left: 52, right: 4, top: 12, bottom: 30 };
