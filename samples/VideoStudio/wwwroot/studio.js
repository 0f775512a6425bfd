// Connects the form, the list of generations and the dialog.

import { get } from "./api.js";
import { Generations } from "./generations.js";
import { Order } from "./order.js";
import { ImagePicker } from "./images.js";
import { retry } from "./retry.js";

const limits = await get("/api/limits");
const isEmulator = limits.service === "emulator";
const service = document.getElementById("service");
service.textContent = isEmulator ? "Emulator: no real money" : "Real service: videos cost money";
service.classList.toggle("badge-real", !isEmulator);
service.hidden = false;

const order = new Order(limits, new ImagePicker(limits));
const generations = new Generations(
  async generation => {
    const next = await retry(generation, isEmulator);
    if (next)
      generations.showNew(next);
  },
  id => order.arrived(id));
order.addEventListener("accepted", event => generations.showNew(event.detail));
(await get("/api/generations")).forEach(generation => generations.show(generation));
generations.showEmpty();
generations.listen();
