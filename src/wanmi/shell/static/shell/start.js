// Every page starts here; each module binds itself to data attributes or defines one element.
import "./keys.js";
import "./search.js";
import "./toast.js";
import "./dialog.js";
import "./drawer.js";
import "./frame.js";
import "./forms.js";
import "./arranged.js";
import "./fill.js";
import "./clocks.js";
import "./live.js";
import "./compare.js";
import "./upload.js";
import "./place.js";
import "./narrow.js";
import "./map.js";
import "./drawing.js";
import "./push.js";
import "./wordstaking.js";

document.documentElement.dataset.ready = "";
