// The sealed documents of counselling: cases, custodians' keys, openings. Which of them stands in the page itself.
import { startCases } from "./sealed/cases.js";
import { startCustody } from "./sealed/custody.js";
import { startOpenings } from "./sealed/openings.js";

const KINDS = { cases: startCases, custody: startCustody, openings: startOpenings };
const root = document.getElementById("sealed");
KINDS[root.dataset.sealed](root.dataset.api);
