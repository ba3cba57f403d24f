// The page on which a contact is logged.
import "./w/log.js";
