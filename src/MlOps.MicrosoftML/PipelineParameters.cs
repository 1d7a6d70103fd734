using System.Collections;
using System.Globalization;
using System.Reflection;

namespace MlOps.MicrosoftML;

/// <summary>Reads the options of the trainers in a pipeline; ML.NET has no public way to ask, so this reflects.</summary>
internal static class PipelineParameters
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static IReadOnlyDictionary<string, string> Of(object pipeline)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var steps = Flatten(pipeline).ToList();
        parameters["pipeline"] = string.Join(" > ", steps.Select(step => Name(step.GetType())));
        foreach (var step in steps)
        {
            if (Options(step) is { } options)
            {
                parameters["trainer"] = Name(step.GetType());
                AddFields(options, "", parameters);
            }
        }

        return parameters;
    }

    private static IEnumerable<object> Flatten(object estimator)
    {
        var inner = Fields(estimator.GetType())
            .Where(field => field.Name == "_estimators")
            .Select(field => field.GetValue(estimator) as IEnumerable)
            .FirstOrDefault(found => found is not null);
        return inner is null ? [estimator] : inner.Cast<object>().SelectMany(Flatten);
    }

    // The trainer keeps its options in a field whose name differs by family; the base type is the same.
    private static object? Options(object estimator) => Fields(estimator.GetType())
        .Where(field => IsTrainerOptions(field.FieldType) || field.FieldType.IsGenericParameter)
        .Select(field => field.GetValue(estimator))
        .FirstOrDefault(value => value is not null);

    private static bool IsTrainerOptions(Type type)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (at.FullName == "Microsoft.ML.Trainers.TrainerInputBase")
            {
                return true;
            }
        }

        return false;
    }

    private static void AddFields(object options, string prefix, SortedDictionary<string, string> parameters)
    {
        foreach (var field in options.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public))
        {
            var value = field.GetValue(options);
            if (value is string or bool or Enum or IFormattable)
            {
                parameters[prefix + field.Name] = value is IFormattable number
                    ? number.ToString(null, CultureInfo.InvariantCulture)
                    : value is bool flag ? (flag ? "true" : "false") : value.ToString()!;
            }
            else if (value is not null && prefix.Length == 0 && value.GetType().Name is "Options" && !ReferenceEquals(value, options))
            {
                AddFields(value, field.Name + ".", parameters);
            }
        }
    }

    private static IEnumerable<FieldInfo> Fields(Type type)
    {
        for (var at = type; at is not null && at != typeof(object); at = at.BaseType)
        {
            foreach (var field in at.GetFields(Declared))
            {
                yield return field;
            }
        }
    }

    private static string Name(Type type) => type.Name.Split('`')[0];
}
