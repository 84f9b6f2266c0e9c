/** A run of points, drawn as a line or, when stacked, as an area on top of the series before it. */
export interface Series {
  name: string;
  colour: string;
  stacked: boolean;
  points: readonly (readonly [x: number, y: number])[];
}

export interface Panel {
  title: string;
  /** What to say at the right end of the title's line. */
  note: string;
  series: readonly Series[];
}

export interface PanelChart {
  title: string;
  subtitle: string;
  xTitle: string;
  yTitle: string;
  xMax: number;
  yMax: number;
  /** A stretch of the x axis that is shaded, with its name. */
  shaded?: { from: number; to: number; name: string };
  /** A height that all panels show as a dashed line. */
  limit?: { y: number; name: string };
  panels: readonly Panel[];
}

const width = 960;
const left = 64;
const right = 20;
const headHeight = 84;
const panelHeight = 118;
const panelGap = 34;
const footHeight = 44;
const plotWidth = width - left - right;
const ink = "#1f2733";
const faint = "#667082";
const grid = "#dfe3e9";

const escapeText = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function text(x: number, y: number, words: string, look: string): string {
  return `<text x="${x}" y="${y}" ${look}>${escapeText(words)}</text>`;
}

/** Steps of 1, 2 or 5 times a power of ten: at most `most` of them up to `max`. */
export function ticksUpTo(max: number, most: number): number[] {
  const power = 10 ** Math.floor(Math.log10(max / most));
  const step = [1, 2, 5, 10].map((times) => times * power).find((one) => max / one <= most) ?? max;
  return Array.from({ length: Math.floor(max / step + 1e-9) + 1 }, (_, at) =>
    Number((at * step).toPrecision(6)),
  );
}

/**
 * Panels below each other over one x axis, dark on light, as an SVG document: one panel a system, so that curves of
 * different systems never hide each other. Values above `yMax` are cut off there.
 */
export function renderPanelChart(chart: PanelChart): string {
  const { panels, xMax, yMax, shaded, limit } = chart;
  const height = headHeight + panels.length * (panelHeight + panelGap) + footHeight;
  const x = (value: number) => left + (Math.min(value, xMax) / xMax) * plotWidth;
  const names = new Map(panels.flatMap(({ series }) => series.map(({ name, colour }) => [name, colour])));
  let legendX = left;
  const legend = [...names].map(([name, colour]) => {
    const mark = `<rect x="${legendX}" y="59" width="14" height="10" rx="2" fill="${colour}"/>`;
    const label = text(legendX + 20, 68, name, `font-size="13" fill="${ink}"`);
    legendX += 20 + name.length * 7.2 + 24;
    return mark + label;
  });
  const drawn = panels.map((panel, at) => {
    const top = headHeight + at * (panelHeight + panelGap) + 22;
    const bottom = top + panelHeight - 22;
    const y = (value: number) => bottom - (Math.min(value, yMax) / yMax) * (bottom - top);
    const lines = ticksUpTo(yMax, 4).map(
      (tick) =>
        `<line x1="${left}" x2="${width - right}" y1="${y(tick)}" y2="${y(tick)}" stroke="${grid}"/>` +
        text(left - 8, y(tick) + 4, String(tick), `font-size="11" fill="${faint}" text-anchor="end"`),
    );
    return [
      shaded
        ? `<rect x="${x(shaded.from)}" y="${top}" width="${x(shaded.to) - x(shaded.from)}" height="${bottom - top}" fill="#f6e7d8"/>`
        : "",
      ...lines,
      ...drawSeries(panel.series, x, y),
      limit
        ? `<line x1="${left}" x2="${width - right}" y1="${y(limit.y)}" y2="${y(limit.y)}" stroke="${faint}" stroke-dasharray="4 3"/>`
        : "",
      text(left, top - 7, panel.title, `font-size="13" font-weight="600" fill="${ink}"`),
      text(width - right, top - 7, panel.note, `font-size="12" fill="${faint}" text-anchor="end"`),
      at === 0 && shaded
        ? text(x(shaded.from) + 4, top + 13, shaded.name, `font-size="11" fill="#8a5a2b"`)
        : "",
      at === 0 && limit
        ? text(width - right, y(limit.y) - 4, limit.name, `font-size="11" fill="${faint}" text-anchor="end"`)
        : "",
    ].join("");
  });
  const axisY = height - footHeight + 6;
  const axis = ticksUpTo(xMax, 12).map((tick) =>
    text(x(tick), axisY, String(tick), `font-size="11" fill="${faint}" text-anchor="middle"`),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, 'DejaVu Sans', sans-serif"><rect width="100%" height="100%" fill="#fff"/>${[
    text(left, 26, chart.title, `font-size="18" font-weight="600" fill="${ink}"`),
    text(left, 46, chart.subtitle, `font-size="13" fill="${faint}"`),
    ...legend,
    text(width - right, 68, chart.yTitle, `font-size="12" fill="${faint}" text-anchor="end"`),
    ...drawn,
    ...axis,
    text(
      left + plotWidth / 2,
      height - 12,
      chart.xTitle,
      `font-size="12" fill="${faint}" text-anchor="middle"`,
    ),
  ].join("")}</svg>`;
}

/** Areas on top of each other first, lines over them. */
function drawSeries(
  series: readonly Series[],
  x: (value: number) => number,
  y: (value: number) => number,
): string[] {
  const base = new Map<number, number>();
  const areas = series
    .filter(({ stacked }) => stacked)
    .map(({ points, colour }) => {
      const low = points.map(([at]) => base.get(at) ?? 0);
      const high = points.map(([at, value], index) => {
        const sum = (low[index] ?? 0) + value;
        base.set(at, sum);
        return sum;
      });
      const upper = points.map(([at], index) => `${x(at).toFixed(1)},${y(high[index] ?? 0).toFixed(1)}`);
      const lower = points
        .map(([at], index) => `${x(at).toFixed(1)},${y(low[index] ?? 0).toFixed(1)}`)
        .reverse();
      return `<polygon points="${upper.join(" ")} ${lower.join(" ")}" fill="${colour}"/>`;
    });
  const lines = series
    .filter(({ stacked }) => !stacked)
    .map(({ points, colour }) => {
      const path = points.map(([at, value]) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
      return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round"/>`;
    });
  return [...areas, ...lines];
}
