"""Other tools' configurations, said in archlint's words; nothing here touches the disk."""
