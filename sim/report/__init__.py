"""Figures for people: pictures and tables, in Danish and English."""
