// Draws the tables of figures as charts. Whoever has no script, or does not see charts, has the tables.
(() => {
  const shapes = ['circle', 'triangle', 'rect', 'crossRot'];
  const dashes = [[], [6, 3], [2, 2], [8, 3, 2, 3]];
  const library = document.currentScript.dataset.library;
  let loaded;

  const load = () => loaded ??= new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = library;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });

  const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const datasets = table => [...table.tHead.rows[0].cells].slice(1).map((head, index) => {
    const paint = color(head.dataset.color);
    const values = [...table.tBodies[0].rows].map(row => row.cells[index + 1]);
    return {
      label: head.textContent,
      data: values.map(cell => cell.dataset.value ?? cell.textContent).map(text => isNaN(parseFloat(text)) ? null : parseFloat(text)),
      borderColor: paint, backgroundColor: paint, pointStyle: shapes[index], borderDash: dashes[index], pointRadius: 4, spanGaps: true,
    };
  });

  const draw = figure => {
    const table = figure.querySelector('table');
    const plot = figure.querySelector('.plot');
    const axis = { ticks: { color: color('--quiet') }, grid: { color: color('--line') } };
    plot.hidden = false;
    // The library measures what is around the canvas, which therefore contains nothing else and has a height of its own.
    const canvas = plot.querySelector('canvas');
    Chart.getChart(canvas)?.destroy();
    new Chart(canvas, {
      type: 'line',
      data: { labels: [...table.tBodies[0].rows].map(row => row.cells[0].textContent), datasets: datasets(table) },
      options: {
        maintainAspectRatio: false,
        animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? false : { duration: 300 },
        plugins: { legend: { labels: { usePointStyle: true, color: color('--ink') } } },
        scales: { x: axis, y: { ...axis, beginAtZero: true, ticks: { ...axis.ticks, precision: 0 } } },
      },
    });
  };

  const drawAll = async () => {
    const figures = [...document.querySelectorAll('figure.chart:not([data-drawn])')];
    if (figures.length === 0) {
      return;
    }
    figures.forEach(figure => { figure.dataset.drawn = ''; });
    await load();
    figures.forEach(figure => {
      draw(figure);
      figure.querySelector('details').open = false;
    });
  };

  // The colours of a chart do not follow the page's by themselves.
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    if (window.Chart) {
      document.querySelectorAll('figure.chart[data-drawn]').forEach(draw);
    }
  });
  document.addEventListener('DOMContentLoaded', drawAll);
  document.addEventListener('htmx:afterSettle', drawAll);
})();
