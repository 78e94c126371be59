const STYLE = `
  body { margin: 0; padding: 16px; width: max-content; background: #fff; font: 13px Arial, sans-serif; color: #22242a; }
  h2 { margin: 0 0 8px; font-size: 16px; }
  table + h2 { margin-top: 24px; }
  table { border-collapse: separate; border-spacing: 0; }
  td { max-width: 260px; padding: 6px 9px; vertical-align: top; line-height: 1.35; overflow-wrap: break-word; }
  tr:first-child td { font-weight: bold; }
`;
const COLOURS = { number: '#f4f4f4', input: '#e8f0fb', output: '#e9f6ec', annotation: '#f4f4f4' };

/** Tables as plain SVG of rectangles and texts. The browser finds the widths and breaks the lines. */
export async function svgOf(page, tables) {
  await page.setViewport({ width: 1600, height: 900 });
  await page.setContent(`<!doctype html><style>${STYLE}</style>${tables.map(htmlOf).join('')}`);
  const { width, height, rectangles, lines } = await page.evaluate(measure);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Arial, sans-serif" font-size="13" fill="#22242a">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...rectangles.map(({ x, y, w, h, fill, rule }) => `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}" stroke="#b4b8c0"${rule ? ` data-element-id="${escape(rule)}"` : ''}/>`),
    ...lines.map(({ x, y, size, bold, text }) => `<text x="${x}" y="${y}"${size === 13 ? '' : ` font-size="${size}"`}${bold ? ' font-weight="bold"' : ''}>${escape(text)}</text>`),
    '</svg>',
  ].join('\n');
}

function htmlOf({ title, columns, rows }) {
  const head = columns.map(({ kind, text }) => cell(text, COLOURS[kind]));
  const body = rows.map(({ id, cells }) => cells.map((text, column) => cell(text, column === 0 ? COLOURS.number : '#fff', id)));
  return `<h2>${escape(title)}</h2><table>${[head, ...body].map((cells) => `<tr>${cells.join('')}</tr>`).join('')}</table>`;
}

const cell = (text, fill, rule = '') => `<td data-fill="${fill}" data-rule="${escape(rule)}">${escape(text.trim().replace(/\s+/g, ' '))}</td>`;

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Runs in the browser: where the cells and the lines of text came to stand, in whole pixels. */
function measure() {
  const rectangles = [...document.querySelectorAll('td')].map((cell) => {
    const { left, top, right, bottom } = cell.getBoundingClientRect();
    const [x, y] = [Math.round(left), Math.round(top)];
    return { x, y, w: Math.round(right) - x, h: Math.round(bottom) - y, fill: cell.dataset.fill, rule: cell.dataset.rule };
  });
  const lines = [...document.querySelectorAll('td, h2')].filter((block) => block.firstChild).flatMap(linesOf);
  const { width, height } = document.body.getBoundingClientRect();
  return { width: Math.ceil(width), height: Math.ceil(height), rectangles, lines };

  function linesOf(block) {
    const { fontSize, fontWeight } = getComputedStyle(block);
    const size = parseInt(fontSize, 10);
    const found = [];
    const range = document.createRange();
    [...block.firstChild.data].forEach((letter, at) => {
      range.setStart(block.firstChild, at);
      range.setEnd(block.firstChild, at + 1);
      const box = range.getClientRects()[0];
      if (!box || box.width === 0) {
        return;
      }
      const last = found[found.length - 1];
      if (last && Math.abs(last.top - box.top) < 2) {
        last.text += letter;
      } else {
        found.push({ x: Math.round(box.left), top: box.top, y: Math.round(box.bottom - 0.22 * size), size, bold: Number(fontWeight) > 500, text: letter });
      }
    });
    return found.map((line) => ({ ...line, text: line.text.trimEnd() }));
  }
}
