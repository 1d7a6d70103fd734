using System.Globalization;
using MlOps.Faults;

// Runs that are killed, and databases that are held, full or damaged: dotnet run --project tests/Faults -- [--times N] [--seed S] [FAULT…]
if (args is ["train", var folder, var steps])
{
    return await Training.RunAsync(folder, int.Parse(steps, CultureInfo.InvariantCulture));
}

var (times, seed, chosen) = (50, 1, new List<string>());
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--times" when i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out times) && times > 0:
        case "--seed" when i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out seed):
            i++;
            break;
        default:
            chosen.Add(args[i]);
            break;
    }
}

IReadOnlyList<(string Name, Func<string, Random, Task<string?>> Fault, int Times)> faults =
[
    ("killed", KilledTraining.RunAsync, times), ("held", DatabaseFaults.HeldAsync, 1), ("full", DatabaseFaults.FullAsync, 1),
    ("damaged", DatabaseFaults.DamagedAsync, 1),
];
if (chosen.Find(name => faults.All(fault => fault.Name != name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no fault '{unknown}': {string.Join(", ", faults.Select(fault => fault.Name))}, --times N, --seed S.");
    return 2;
}

var broken = 0;
foreach (var (name, fault, count) in faults.Where(fault => chosen.Count == 0 || chosen.Contains(fault.Name)))
{
    var random = new Random(seed);
    for (var i = 0; i < count; i++)
    {
        var path = Directory.CreateTempSubdirectory("mlops-faults-").FullName;
        var problem = await fault(path, random);
        Directory.Delete(path, recursive: true);
        if (problem is not null)
        {
            broken++;
            Console.WriteLine($"{name} {i + 1} of {count} (seed {seed}): {problem}");
        }
    }

    Console.WriteLine($"{name}: {count} times{(name == "killed" ? KilledTraining.Summary : "")}");
}

Console.WriteLine(broken == 0 ? "Nothing that was confirmed is lost." : $"{broken} faults lost something.");
return broken == 0 ? 0 : 1;
