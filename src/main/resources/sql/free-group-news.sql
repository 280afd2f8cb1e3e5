update group_news set due_on = 0 where due_on > 0
