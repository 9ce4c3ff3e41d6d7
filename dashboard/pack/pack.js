
// Draws the charts with the plotly.js this file carries; a click on a mark goes to its evidence.
"use strict";
(async () => {
  const read = id => document.getElementById(id).textContent;
  const charts = JSON.parse(read("charts")), anchors = JSON.parse(read("anchors"));
  const packed = Uint8Array.from(atob(read("plotly")), letter => letter.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const library = document.createElement("script");
  library.textContent = await new Response(unpacked).text();
  document.head.append(library);
  const clear = "rgba(0,0,0,0)", axis = { gridcolor: "rgba(128,128,128,.25)", zerolinecolor: "rgba(128,128,128,.6)" };
  const font = { family: "system-ui, sans-serif", size: 12 };
  const template = { layout: { paper_bgcolor: clear, plot_bgcolor: clear, font, xaxis: axis, yaxis: axis } };
  for (const [id, chart] of Object.entries(charts)) {
    const place = document.getElementById(id);
    place.hidden = false;
    const toImageButtonOptions = { format: "svg", filename: `parallax-${id}` };
    const modeBarButtons = [["toImage"]];
    const config = { displaylogo: false, responsive: true, modeBarButtons, toImageButtonOptions };
    await Plotly.newPlot(place, chart.data, { ...chart.layout, template }, config);
    place.on("plotly_click", ({ points: [{ customdata }] }) => {
      const anchor = anchors[Array.isArray(customdata) ? customdata[0] : customdata];
      if (anchor) location.hash = anchor;
    });
  }
  document.documentElement.dataset.charts = "drawn";
})();
