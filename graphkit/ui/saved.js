function picture(network, tone) {
  const drawn = network.canvas.frame.canvas;
  const sheet = document.createElement("canvas");
  sheet.width = drawn.width;
  sheet.height = drawn.height;
  const pen = sheet.getContext("2d");
  pen.fillStyle = tone.ground;
  pen.fillRect(0, 0, sheet.width, sheet.height);
  pen.drawImage(drawn, 0, 0);
  return sheet;
}

const WIDE = 2400;

function sharp(stage) {
  const own = window.devicePixelRatio || 1;
  return Math.max(2 * own, Math.min(4, WIDE / (stage.clientWidth || WIDE)));
}

function pictureToHandOver(view) {
  const hidden = view.sets.nodes.get().filter((node) => node.unnamed !== undefined);
  const relabel = (label) => view.sets.nodes.update(hidden.map((node) => ({ id: node.id, label: label(node) })));
  const { canvas } = view.network;
  const shown = canvas._determinePixelRatio;
  relabel((node) => node.unnamed);
  canvas._determinePixelRatio = () => sharp(view.stage);
  view.network.redraw();
  const sheet = picture(view.network, view.tone);
  relabel((node) => node.label);
  canvas._determinePixelRatio = shown;
  view.network.redraw();
  return sheet;
}

function wrapped(pen, words, width, gap) {
  const lines = [[]];
  let x = 0;
  for (const word of words) {
    const wide = pen.measureText(word.text).width;
    if (x > 0 && x + wide > width) {
      lines.push([]);
      x = 0;
    }
    lines.at(-1).push({ ...word, x });
    x += wide + gap;
  }
  return lines;
}

function stripLines(pen, data, width, size) {
  const space = pen.measureText(" ").width;
  const said = data.strip.flatMap((text) => wrapped(pen, text.split(" ").map((word) => ({ text: word })), width, space));
  const entries = data.legend.map((entry) => (
    { text: `${entry.glyph} ${entry.label}`, glyph: entry.glyph, colour: entry.colour }));
  return [...said, ...wrapped(pen, entries, width, size)];
}

function withStrip(view, drawn) {
  const size = Math.round(14 * drawn.width / (view.stage.clientWidth || drawn.width));
  const face = `${size}px sans-serif`;
  const sheet = document.createElement("canvas");
  const pen = sheet.getContext("2d");
  pen.font = face;
  const lines = stripLines(pen, view.data, drawn.width - 2 * size, size);
  sheet.width = drawn.width;
  sheet.height = drawn.height + Math.ceil(lines.length * 1.5 * size + 2 * size);
  pen.font = face;
  pen.fillStyle = view.tone.ground;
  pen.fillRect(0, 0, sheet.width, sheet.height);
  pen.drawImage(drawn, 0, 0);
  pen.fillStyle = view.tone.line;
  pen.fillRect(0, drawn.height, sheet.width, Math.max(1, Math.round(size / 14)));
  lines.forEach((line, row) => {
    for (const word of line) {
      const [x, y] = [size + word.x, drawn.height + 2 * size + row * 1.5 * size];
      pen.fillStyle = view.tone.text;
      pen.fillText(word.text, x, y);
      if (word.glyph) {
        pen.fillStyle = word.colour;
        pen.fillText(word.glyph, x, y);
      }
    }
  });
  return sheet;
}

function download(view) {
  const link = document.createElement("a");
  link.href = withStrip(view, pictureToHandOver(view)).toDataURL("image/png");
  link.download = `graphkit-${view.data.name.replace(/[^\p{L}\p{N}.-]+/gu, "-").slice(0, 80)}.png`;
  link.click();
}
