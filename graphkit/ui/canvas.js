const kept = new WeakMap();
const MARGIN = { side: 70, edge: 40 };
const CLOSEST = 1.15;

function colours(parent) {
  const style = getComputedStyle(parent.host ?? parent);
  const of = (name, other) => style.getPropertyValue(name).trim() || other;
  return { text: of("--st-text-color", "#1d2430"), ground: of("--st-background-color", "#ffffff"),
           line: of("--st-border-color", "#d8dee7") };
}

function themed(data, tone) {
  const nodes = data.nodes.map((node) => {
    const lit = { background: node.color.background, border: tone.text };
    return { ...node, color: { ...node.color, highlight: lit, hover: lit }, borderWidthSelected: 2,
             font: { ...node.font, color: tone.text, strokeColor: tone.ground } };
  });
  const edges = data.edges.map((edge) => ({ ...edge, font: { color: tone.text, strokeColor: tone.ground } }));
  return { nodes, edges };
}

function element(parent, tag, name, text) {
  const made = document.createElement(tag);
  made.className = name;
  if (text !== undefined) made.textContent = text;
  parent.append(made);
  return made;
}

function button(parent, label, title, action) {
  const made = element(parent, "button", "tool", label);
  made.type = "button";
  made.title = title;
  made.setAttribute("aria-label", title);
  made.addEventListener("click", action);
}

function zoom(view, factor) {
  const { network } = view;
  view.moved = true;
  network.moveTo({ scale: network.getScale() * factor, animation: { duration: 150, easingFunction: "easeInOutQuad" } });
}

function legend(box, data) {
  box.replaceChildren();
  for (const entry of data.legend) {
    const row = element(box, "span", "entry");
    const sign = element(row, "span", "sign", entry.glyph);
    sign.style.color = entry.colour;
    element(row, "span", "", entry.label);
  }
}

function dim(view, chosen) {
  const near = new Set();
  const { nodes, edges } = view.sets;
  if (chosen.node) {
    near.add(chosen.node);
    for (const id of view.network.getConnectedNodes(chosen.node)) near.add(id);
  } else if (chosen.edge && edges.get(chosen.edge)) {
    const edge = edges.get(chosen.edge);
    near.add(edge.from).add(edge.to);
  }
  const on = (id) => near.size === 0 || near.has(id);
  const keeps = (edge) => near.size === 0 || edge.id === chosen.edge || edge.from === chosen.node || edge.to === chosen.node;
  const letters = readable(view, chosen, near);
  nodes.update(nodes.get().map((node) => ({
    id: node.id, opacity: on(node.id) ? 1 : 0.22,
    font: { ...node.font, ...letters(node.id), color: on(node.id) ? view.tone.text : "rgba(128,128,128,0.4)" } })));
  edges.update(edges.get().map((edge) => ({
    id: edge.id, color: { ...edge.color, opacity: keeps(edge) ? 1 : 0.14 },
    font: { ...edge.font, ...letters(edge.id), color: keeps(edge) ? view.tone.text : "rgba(0,0,0,0)",
            strokeColor: keeps(edge) ? view.tone.ground : "rgba(0,0,0,0)" } })));
}

function relabelled(view) {
  cancelAnimationFrame(view.waiting);
  view.waiting = requestAnimationFrame(() => dim(view, view.selected));
}

function fit(view) {
  const { network, stage, sets } = view;
  const room = { wide: stage.clientWidth - 2 * MARGIN.side, high: stage.clientHeight - 2 * MARGIN.edge };
  const points = network.getPositions();
  const things = sets.nodes.get().map((node) => around(points[node.id].x, points[node.id].y, 2 * node.size, 2 * node.size));
  view.moved = false;
  if (room.wide <= 0 || room.high <= 0 || things.length === 0) return;
  const [left, top] = ["left", "top"].map((side) => Math.min(...things.map((thing) => thing[side])));
  const [right, bottom] = ["right", "bottom"].map((side) => Math.max(...things.map((thing) => thing[side])));
  const scale = Math.min(CLOSEST, room.wide / (right - left), room.high / (bottom - top));
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, offset: { x: 0, y: -14 } });
  if (view.selected) relabelled(view);
}

function start(parentElement, setStateValue, setTriggerValue) {
  const frame = element(parentElement, "div", "frame");
  const stage = element(frame, "div", "stage");
  stage.setAttribute("role", "img");
  const tools = element(frame, "div", "tools");
  const key = element(frame, "div", "legend");
  const sets = { nodes: new vis.DataSet(), edges: new vis.DataSet() };
  const view = { frame, stage, key, sets, rev: null, selected: null };
  view.draw = (options) => {
    view.network = new vis.Network(stage, sets, options);
    view.network.on("click", (event) => {
      const chosen = { node: event.nodes[0] ?? null, edge: event.nodes.length ? null : event.edges[0] ?? null };
      view.selected = chosen;
      dim(view, chosen);
      setStateValue("selected", chosen);
    });
    view.network.on("doubleClick", (event) => {
      if (event.nodes.length) setTriggerValue("expand", event.nodes[0]);
    });
    for (const change of ["zoom", "animationFinished"]) view.network.on(change, () => relabelled(view));
    for (const move of ["zoom", "dragEnd"]) view.network.on(move, () => { view.moved = true });
    new ResizeObserver(() => (view.moved ? view.network.redraw() : fit(view))).observe(stage);
  };
  button(tools, "Fit", "Show everything", () => fit(view));
  button(tools, "+", "Nearer", () => zoom(view, 1.35));
  button(tools, "−", "Further", () => zoom(view, 1 / 1.35));
  button(tools, "PNG", "Save this picture as PNG", () => download(view));
  return view;
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  let view = kept.get(parentElement);
  if (!view) {
    view = start(parentElement, setStateValue, setTriggerValue);
    kept.set(parentElement, view);
  }
  const tone = colours(parentElement);
  const repaint = !view.tone || view.tone.text !== tone.text;
  view.tone = tone;
  if (view.rev !== data.rev || repaint) {
    const first = view.rev === null;
    const placed = first ? {} : view.network.getPositions();
    const fresh = themed(data, tone);
    for (const node of fresh.nodes) {
      if (!data.relaid && placed[node.id]) Object.assign(node, placed[node.id]);
    }
    const here = new Set(fresh.nodes.map((node) => node.id));
    const grown = first || data.relaid || fresh.nodes.some((node) => !placed[node.id]);
    view.sets.edges.clear();
    view.sets.nodes.remove(view.sets.nodes.getIds().filter((id) => !here.has(id)));
    view.sets.nodes.update(fresh.nodes);
    view.sets.edges.add(fresh.edges);
    view.data = data;
    view.rev = data.rev;
    if (first) view.draw(data.options);
    view.stage.network = view.network;
    if (grown) fit(view);
    view.stage.setAttribute("aria-label", data.label);
    view.stage.dataset.nodes = String(fresh.nodes.length);
    legend(view.key, data);
  }
  const chosen = data.selected ?? { node: null, edge: null };
  view.selected = chosen;
  view.network.setSelection({ nodes: here(view.sets.nodes, chosen.node), edges: here(view.sets.edges, chosen.edge) },
                            { unselectAll: true, highlightEdges: false });
  dim(view, chosen);
}

function here(set, id) {
  return id && set.get(id) ? [id] : [];
}
