const LETTERS = 12;
const LINE = 15;
const CENTRAL = 15;
const ruler = document.createElement("canvas").getContext("2d");

function around(x, y, wide, high) {
  return { left: x - wide / 2, right: x + wide / 2, top: y - high / 2, bottom: y + high / 2 };
}

function apart(a, b) {
  return a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
}

function lineBox(from, to, words) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  const wide = ruler.measureText(words).width;
  if (wide + 2 * LINE > length) return null;
  return around((from.x + to.x) / 2, (from.y + to.y) / 2,
                wide * Math.abs(dx / length) + LINE, wide * Math.abs(dy / length) + LINE);
}

function readable(view, chosen, near) {
  const { network, sets } = view;
  const scale = network.getScale();
  ruler.font = `${LETTERS}px sans-serif`;
  const nodes = sets.nodes.get();
  const points = network.getPositions();
  const at = (id) => ({ x: points[id].x * scale, y: points[id].y * scale });
  const taken = nodes.map((node) => (
    { of: node.id, thing: true, ...around(at(node.id).x, at(node.id).y, 1.4 * node.size * scale, 1.4 * node.size * scale) }));
  const shown = new Map();
  const free = (id, box, overThings) => (
    taken.every((other) => other.of === id || (overThings && other.thing) || apart(box, other)));
  const take = (id, box, raised) => {
    taken.push({ of: id, ...box });
    shown.set(id, { size: LETTERS / scale, vadjust: raised / scale });
  };
  const rank = (node) => (node.id === chosen.node ? 2e6 : near.has(node.id) ? 1e6 : 0) + node.size;
  const ranked = nodes.sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1));
  for (const [place, node] of ranked.entries()) {
    const central = place < CENTRAL;
    const down = (node.size + 4) * scale + LETTERS;
    const up = node.size * scale + 0.6 * LINE;
    const wide = ruler.measureText(node.label).width;
    const [below, above] = [down, -up].map((off) => around(at(node.id).x, at(node.id).y + off, wide, LINE));
    if (!node.label.trim()) continue;
    if (free(node.id, below) || node.id === chosen.node) take(node.id, below, 0);
    else if (free(node.id, above)) take(node.id, above, -down - up);
    else if (central && free(node.id, below, true)) take(node.id, below, 0);
    else if (central && free(node.id, above, true)) take(node.id, above, -down - up);
  }
  for (const edge of sets.edges.get()) {
    const box = edge.label.trim() && lineBox(at(edge.from), at(edge.to), edge.label);
    if (box && free(edge.id, box)) take(edge.id, box, 0);
  }
  return (id) => shown.get(id) ?? { size: 0, vadjust: 0 };
}
