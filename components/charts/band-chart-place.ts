/** Height of a band chart and where its plot lies in it, px; the axis below takes what Recharts gives one. */
export const bandChartHeight = 228;
export const bandChartInset = { left: 76, right: 8, top: 12, bottom: 30 };
