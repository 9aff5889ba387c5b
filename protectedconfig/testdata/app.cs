// A program with a typed section <xmpro>, as an application would read it.
// Arguments: "read" prints what it sees, "protect PROVIDER" rewrites its own
// configuration file.
using System;
using System.Configuration;

public class AutoScale : ConfigurationElement
{
    [ConfigurationProperty("enabled")]
    public bool Enabled { get { return (bool)this["enabled"]; } }

    [ConfigurationProperty("connectionString")]
    public string ConnectionString { get { return (string)this["connectionString"]; } }
}

public class XmproSection : ConfigurationSection
{
    [ConfigurationProperty("autoScale")]
    public AutoScale AutoScale { get { return (AutoScale)this["autoScale"]; } }
}

public static class App
{
    public static void Main(string[] args)
    {
        if (args[0] == "read")
        {
            var section = (XmproSection)ConfigurationManager.GetSection("xmpro");
            Console.Write(section.AutoScale.Enabled + " " + section.AutoScale.ConnectionString);
            return;
        }
        var configuration = ConfigurationManager.OpenExeConfiguration(ConfigurationUserLevel.None);
        var information = configuration.GetSection("xmpro").SectionInformation;
        information.ProtectSection(args[1]);
        information.ForceSave = true;
        configuration.Save(ConfigurationSaveMode.Full);
    }
}
