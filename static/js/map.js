// The map, on demand: a page costs nothing for it until somebody opens it, and each page has a list or a search beside it.
//
// <div data-map> (macro ui.map) carries addresses and words:
//   data-script, data-styles   Leaflet and the style sheets      data-tiles   tile address, or nothing
//   data-areas, data-pins      GeoJSON addresses                 data-lat, data-lon, data-zoom   where to begin
//   data-pick-lat, data-pick-lon   ids of the fields that a tap on the map fills
//   data-here, data-keys, data-middle   what the picked pin is called, how keys move it, the button that puts it
// <button data-locate="LAT-ID LON-ID"> fills the same fields from the phone's position.

const load = (tag, attributes) => new Promise((resolve, reject) => {
  const element = Object.assign(document.createElement(tag), attributes, { onload: resolve, onerror: reject });
  document.head.append(element);
});

let library;
function leaflet(holder) {
  library ??= Promise.all([
    load("script", { src: holder.dataset.script }),
    ...holder.dataset.styles.split(" ").map((href) => load("link", { rel: "stylesheet", href })),
  ]);
  return library.then(() => window.L);
}

const features = async (url) => (url ? (await fetch(url)).json() : { type: "FeatureCollection", features: [] });

function pin(L, tone, isDot = false) {
  const shape = isDot ? { iconSize: [24, 24] } : { iconSize: [26, 34], iconAnchor: [13, 34], popupAnchor: [0, -30] };
  return L.divIcon({ className: `pin pin--${tone || "plain"} ${isDot ? "pin--dot" : ""}`, ...shape });
}

function popup({ title, url, text }) {
  const box = document.createElement("p");
  const link = Object.assign(document.createElement(url ? "a" : "b"), url ? { href: url } : {});
  link.textContent = title;
  box.append(link);
  if (text) box.append(document.createElement("br"), text);
  return box;
}

function field(id) {
  return id && document.getElementById(id);
}

function fill(latitude, longitude, latField, lonField) {
  latField.value = latitude.toFixed(6);
  lonField.value = longitude.toFixed(6);
  lonField.dispatchEvent(new Event("change", { bubbles: true }));
}

const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const [STEP, LEAP] = [6, 40]; // pixels: at the closest zoom about a metre, and ten

function letPick(L, map, holder) {
  const latField = field(holder.dataset.pickLat);
  const lonField = field(holder.dataset.pickLon);
  if (!latField || !lonField) return;
  let marker;
  let resting;
  const put = (point) => {
    marker ??= made(point);
    marker.setLatLng(point);
    if (!map.getBounds().contains(point)) map.setView(point, Math.max(map.getZoom(), 16));
  };
  const chosen = (point) => {
    put(point);
    fill(point.lat, point.lng, latField, lonField);
  };
  const made = (point) => {
    const mark = L.marker(point, { icon: pin(L, "picked"), draggable: true, title: holder.dataset.here || "" }).addTo(map)
      .on("dragend", () => chosen(marker.getLatLng()));
    mark.getElement().setAttribute("aria-label", holder.dataset.keys || holder.dataset.here || "");
    mark.getElement().addEventListener("keydown", moveByKey);
    return mark;
  };
  const moveByKey = (event) => {
    const [x, y] = STEPS[event.key] || [];
    if (x === undefined) return;
    event.preventDefault();
    event.stopPropagation(); // the map would move under the pin
    const far = event.shiftKey ? LEAP : STEP;
    put(map.containerPointToLatLng(map.latLngToContainerPoint(marker.getLatLng()).add([x * far, y * far])));
    clearTimeout(resting);
    resting = setTimeout(() => chosen(marker.getLatLng()), 500); // asked once it stands still
  };
  if (latField.value && lonField.value) {
    put([Number(latField.value), Number(lonField.value)]);
    map.setView(marker.getLatLng(), 16);
  }
  map.on("click", (event) => chosen(event.latlng));
  lonField.addEventListener("change", () => latField.value && put([Number(latField.value), Number(lonField.value)]));
  if (holder.dataset.middle) addMiddle(holder, () => {
    chosen(map.getCenter());
    marker.getElement().focus();
  });
}

// Whoever cannot tap moves the map with the arrow keys and puts the pin in its middle.
function addMiddle(holder, put) {
  const button = Object.assign(document.createElement("button"), {
    type: "button", className: "button button--quiet", textContent: holder.dataset.middle,
  });
  button.addEventListener("click", put);
  holder.after(button);
}

// Names that would lie upon each other: the later one waits until somebody comes closer.
function spread(holder) {
  const taken = [];
  for (const name of holder.querySelectorAll(".map__name")) {
    const box = name.getBoundingClientRect();
    const isFree = taken.every((one) => box.right < one.left || box.left > one.right || box.bottom < one.top || box.top > one.bottom);
    name.classList.toggle("map__name--waits", !isFree);
    if (isFree) taken.push(box);
  }
}

async function open(holder) {
  const L = await leaflet(holder);
  const [areas, pins] = await Promise.all([features(holder.dataset.areas), features(holder.dataset.pins)]);
  holder.replaceChildren();
  const { lat, lon, zoom, tiles } = holder.dataset;
  const map = L.map(holder, { attributionControl: Boolean(tiles), maxZoom: 19 });
  if (tiles) L.tileLayer(tiles, { attribution: holder.dataset.attribution || "" }).addTo(map);
  const ground = L.geoJSON(areas, {
    style: { className: "map__area" },
    pointToLayer: (feature, at) => L.marker(at, {
      interactive: false, keyboard: false,
      icon: L.divIcon({ className: "map__name", html: L.Util.template("{name}", { name: feature.properties.name.replace(/[<&]/g, "") }), iconSize: null }),
    }),
  }).addTo(map);
  const isCrowded = pins.features.length > 60;
  const marks = L.geoJSON(pins, {
    pointToLayer: ({ properties }, at) => L.marker(at, { icon: pin(L, properties.tone, isCrowded), alt: properties.title, title: properties.title }),
    onEachFeature: ({ properties }, layer) => layer.bindPopup(popup(properties), { minWidth: 210 }),
  }).addTo(map);
  const shown = marks.getLayers().length ? marks : ground;
  if (lat && lon) map.setView([Number(lat), Number(lon)], Number(zoom || 13));
  else if (shown.getLayers().length) map.fitBounds(shown.getBounds(), { padding: [30, 30], maxZoom: 16 });
  map.on("zoomend", () => spread(holder));
  spread(holder);
  letPick(L, map, holder);
}

for (const holder of document.querySelectorAll("[data-map]")) {
  const button = holder.querySelector("[data-map-open]");
  if (!button) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.setAttribute("aria-disabled", "true");
    try {
      await open(holder);
      holder.focus();
    } catch {
      button.removeAttribute("aria-disabled");
      button.textContent = holder.dataset.failed;
    }
  });
  const fold = holder.closest("details"); // whoever unfolds it wants the map, not a second button
  fold?.addEventListener("toggle", () => fold.open && button.isConnected && button.click());
}

for (const button of document.querySelectorAll("[data-locate]")) {
  if (!navigator.geolocation) continue;
  button.hidden = false;
  const [latField, lonField] = button.dataset.locate.split(" ").map(field);
  button.addEventListener("click", () => {
    button.setAttribute("aria-disabled", "true");
    const done = () => button.removeAttribute("aria-disabled");
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      done();
      fill(coords.latitude, coords.longitude, latField, lonField);
      button.dispatchEvent(new Event("located", { bubbles: true }));
      if (button.dataset.found) button.lastChild.textContent = button.dataset.found;
    }, () => {
      done();
      if (button.dataset.failed) button.lastChild.textContent = button.dataset.failed;
    }, { enableHighAccuracy: true, timeout: 15000 });
  });
}
