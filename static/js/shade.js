// Cover parts of a picture with boxes: by touch, mouse or keyboard. What is under a box is thrown away here.

const BLOCKS = 3; // flat squares along a box's longer side
const SHADES = 32; // steps between the colours that are left: eight of red, of green, of blue
const STEP = 0.02; // of the picture, for one press of an arrow key
const SMALLEST = 0.03;

const between = (low, value, high) => Math.min(high, Math.max(low, value));

// Resolves to a canvas with the boxes covered, or to null when nothing was covered.
export async function shade(dialog, blob, name) {
  const picture = await createImageBitmap(blob);
  const stage = dialog.querySelector(".shade__stage");
  const canvas = stage.querySelector("canvas");
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext("2d").drawImage(picture, 0, 0);
  const boxes = [];
  if (!dialog.isConnected) document.body.append(dialog);

  function place(box) {
    box.w = between(SMALLEST, box.w, 1);
    box.h = between(SMALLEST, box.h, 1);
    box.x = between(0, box.x, 1 - box.w);
    box.y = between(0, box.y, 1 - box.h);
    const { left, top, width, height } = box.mark.style;
    const wanted = [box.x, box.y, box.w, box.h].map((share) => `${share * 100}%`);
    if ([left, top, width, height].join() === wanted.join()) return;
    [box.mark.style.left, box.mark.style.top, box.mark.style.width, box.mark.style.height] = wanted;
  }

  function add(x, y, w = 0.2, h = 0.15) {
    const mark = document.createElement("button");
    mark.type = "button";
    mark.className = "shade__box";
    mark.ariaLabel = name.replace("{number}", boxes.length + 1);
    const box = { x, y, w, h, mark };
    boxes.push(box);
    stage.append(mark);
    place(box);
    mark.onkeydown = (event) => press(event, box);
    mark.focus();
    return box;
  }

  function remove(box) {
    if (!box) return;
    boxes.splice(boxes.indexOf(box), 1);
    box.mark.remove();
    (boxes.at(-1)?.mark ?? dialog.querySelector("[data-add]")).focus();
  }

  function press(event, box) {
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    if (dx || dy) {
      event.preventDefault();
      const [x, y] = event.shiftKey ? ["w", "h"] : ["x", "y"];
      box[x] += dx * STEP;
      box[y] += dy * STEP;
      place(box);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      remove(box);
    }
  }

  // Shares of the picture at the pointer.
  function at(event) {
    const edge = canvas.getBoundingClientRect();
    return [(event.clientX - edge.left) / edge.width, (event.clientY - edge.top) / edge.height];
  }

  stage.onpointerdown = (event) => {
    const [startX, startY] = at(event);
    const moved = boxes.find((box) => box.mark === event.target);
    const from = moved && { ...moved };
    let drawn = moved;
    stage.setPointerCapture(event.pointerId);
    stage.onpointermove = (move) => {
      const [x, y] = at(move);
      if (moved) {
        Object.assign(moved, { x: from.x + x - startX, y: from.y + y - startY });
      } else {
        if (!drawn && Math.hypot(x - startX, y - startY) < SMALLEST) return;
        drawn ??= add(startX, startY, SMALLEST, SMALLEST);
        Object.assign(drawn, { x: Math.min(x, startX), y: Math.min(y, startY), w: Math.abs(x - startX), h: Math.abs(y - startY) });
      }
      place(drawn);
    };
    stage.onpointerup = stage.onpointercancel = () => { stage.onpointermove = null; };
  };

  return new Promise((resolve) => {
    const done = (value) => {
      boxes.forEach((box) => box.mark.remove());
      dialog.close();
      resolve(value);
    };
    dialog.querySelector("[data-add]").onclick = () => add(0.4, 0.42);
    dialog.querySelector("[data-undo]").onclick = () => remove(boxes.at(-1));
    dialog.querySelector("[data-cancel]").onclick = () => done(null);
    dialog.oncancel = () => done(null);
    dialog.querySelector("[data-apply]").onclick = () => {
      boxes.forEach((box) => pixelate(canvas, box));
      done(boxes.length ? canvas : null);
    };
    dialog.showModal();
  });
}

// A few flat squares with rounded colours: nobody computes a face or a plate back from them.
function pixelate(canvas, { x, y, w, h }) {
  const [left, top] = [Math.floor(x * canvas.width), Math.floor(y * canvas.height)];
  const [width, height] = [Math.ceil(w * canvas.width), Math.ceil(h * canvas.height)];
  const longer = Math.max(width, height);
  const few = document.createElement("canvas");
  few.width = Math.max(1, Math.round(BLOCKS * width / longer));
  few.height = Math.max(1, Math.round(BLOCKS * height / longer));
  const pen = few.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(canvas, left, top, width, height, 0, 0, few.width, few.height);
  const colours = pen.getImageData(0, 0, few.width, few.height);
  colours.data.forEach((value, index) => {
    if (index % 4 < 3) colours.data[index] = Math.floor(value / SHADES) * SHADES + SHADES / 2;
  });
  pen.putImageData(colours, 0, 0);
  const whole = canvas.getContext("2d");
  whole.imageSmoothingEnabled = false;
  whole.drawImage(few, 0, 0, few.width, few.height, left, top, width, height);
}
