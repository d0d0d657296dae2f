// The counter begins where the clerk types, and its receipt where the next resident is called. Errors keep their own focus.
if (!document.querySelector(".error-summary")) document.querySelector("[data-first]")?.focus();
