"""Afterwards: what happened and whether coaching worked, measured once, shown as page, paper and workbook."""
