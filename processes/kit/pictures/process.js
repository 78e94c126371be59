import { createRequire } from 'node:module';

const VIEWER = createRequire(import.meta.url).resolve('bpmn-js/dist/bpmn-viewer.production.min.js');

/** A process as SVG, as bpmn-js draws it; every element keeps its id as data-element-id. */
export async function drawProcess(browser, xml) {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(throwTheSameDice);
  await page.goto('about:blank');
  await page.addScriptTag({ path: VIEWER });
  const svg = await page.evaluate(async (model) => {
    document.body.innerHTML = '<div id="canvas" style="width: 1000px; height: 1000px"></div>';
    const viewer = new BpmnJS({ container: '#canvas' });
    await viewer.importXML(model);
    return (await viewer.saveSVG()).svg;
  }, String(xml));
  await page.close();
  return onWhite(svg);
}

/** The drawing has random ids inside; the same model shall give the same picture. */
function throwTheSameDice() {
  let seed = 1;
  Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
}

/** Also where the page around is dark. */
const onWhite = (svg) => svg.replace('<svg ', '<svg style="background: #fff" ');
