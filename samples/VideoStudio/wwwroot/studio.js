// The page: the limits, the form, the list, and what ties them.

import { get } from "./api.js";
import { Films } from "./films.js";
import { Order } from "./order.js";
import { Pictures } from "./pictures.js";
import { retry } from "./retry.js";

const limits = await get("/api/limits");
const isEmulator = limits.service === "emulator";
const service = document.getElementById("service");
service.textContent = isEmulator ? "Emulator: no real money" : "Real service: films are paid";
service.classList.toggle("badge-real", !isEmulator);
service.hidden = false;

const order = new Order(limits, new Pictures(limits));
const films = new Films(
  async film => {
    const again = await retry(film, isEmulator);
    if (again)
      films.showNew(again);
  },
  id => order.arrived(id));
order.addEventListener("accepted", event => films.showNew(event.detail));
(await get("/api/generations")).forEach(film => films.show(film));
films.showEmpty();
films.listen();
