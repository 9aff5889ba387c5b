package deployment

// settingSet holds settings of which a later one takes the place of an earlier
// one of the same name, ignoring case. Settings without a name are left out.
type settingSet struct {
	all []EnvSetting   // one without a name lost its place
	at  map[string]int // index in all, by name and path in upper case
}

func (set *settingSet) key(s *EnvSetting) string {
	return fold(s.Name + "\x00" + s.Path)
}

func (set *settingSet) add(s EnvSetting) {
	set.remove(s)
	if set.at == nil {
		set.at = map[string]int{}
	}
	set.at[set.key(&s)] = len(set.all)
	set.all = append(set.all, s)
}

func (set *settingSet) remove(s EnvSetting) {
	if i, ok := set.at[set.key(&s)]; ok {
		set.all[i].Name = ""
		delete(set.at, set.key(&s))
	}
}

// layers gives the settings in lists as layers have them: each path once in
// each. The last setting of a path stands in the last list that has the path.
func (set *settingSet) layers() [][]EnvSetting {
	var lists [][]EnvSetting
	times := map[string]int{} // by path in upper case
	for _, s := range set.all {
		if s.Name == "" {
			continue
		}
		path := fold(s.Path)
		if times[path] == len(lists) {
			lists = append(lists, nil)
		}
		lists[times[path]] = append(lists[times[path]], s)
		times[path]++
	}
	return lists
}
